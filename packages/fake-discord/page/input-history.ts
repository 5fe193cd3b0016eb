// Earlier lines of the input, for the arrow keys: a refused command can be corrected instead of retyped.
const LIMIT = 50;
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** The lines that were sent from an input. */
export interface History {
  add(line: string): void;
  /** Returns whether it handled the key. */
  onKey(event: KeyboardEvent): boolean;
}

/** Keeps the lines of an input. */
export function setUpHistory(text: HTMLInputElement): History {
  const lines: string[] = [];
  let at = 0;
  const onKey = ({ key }: KeyboardEvent) => {
    const step = STEPS[key] ?? 0;
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
