// What was sent before, brought back by the arrow keys: a refused command is mended, not typed anew.
const KEPT = 50;

/** @returns `keep(line)`, and `onKey(event)`, which says whether the key was meant for this */
export function setUpSent(text) {
  const lines = [];
  let at = 0;
  const onKey = ({ key }) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const isWalking = text.value === '' || text.value === lines[at];
    if (step === 0 || !isWalking || at + step < 0 || at + step > lines.length) return false;
    at += step;
    text.value = lines[at] ?? '';
    return true;
  };
  return {
    onKey,
    keep(line) {
      if (lines.at(-1) !== line) lines.push(line);
      if (lines.length > KEPT) lines.shift();
      at = lines.length;
    },
  };
}
