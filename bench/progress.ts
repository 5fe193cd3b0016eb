// Shows how far a measurement is, beside its result: on a terminal in one line, elsewhere as a line every half minute.

const INTERVAL_MS = 30_000;
const CLEAR_LINE = '\r\u001b[2K';

let shownAt = 0;

/** Shows on stderr what is being done. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) return void process.stderr.write(`${CLEAR_LINE}${text}`);
  const now = performance.now();
  if (shownAt !== 0 && now - shownAt < INTERVAL_MS) return;
  shownAt = now;
  process.stderr.write(`${text}\n`);
}

/** Removes the line from a terminal, before something is printed there. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
}
