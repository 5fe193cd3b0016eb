// Earlier lines of the input, for the arrow keys: a refused command can be corrected instead of retyped.
const LIMIT = 50;

/** @returns `add(line)`, and `onKey(event)`, which returns whether it handled the key */
export function setUpHistory(text) {
  const lines = [];
  let at = 0;
  const onKey = ({ key }) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const isBrowsing = text.value === '' || text.value === lines[at];
    if (step === 0 || !isBrowsing || at + step < 0 || at + step > lines.length) return false;
    at += step;
    text.value = lines[at] ?? '';
    return true;
  };
  return {
    onKey,
    add(line) {
      if (lines.at(-1) !== line) lines.push(line);
      if (lines.length > LIMIT) lines.shift();
      at = lines.length;
    },
  };
}
