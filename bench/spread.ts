// Summarizes measured times: median and 99th percentile.

/** @param times in milliseconds, in any order */
export function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => {
    const ms = sorted[Math.floor(sorted.length * share)] ?? 0;
    return ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(1)} ms`;
  };
  return `median ${at(0.5)}, 99th percentile ${at(0.99)}`;
}
