// Refused signatures are logged, but not each of them.
import { describe, expect, it } from 'vitest';
import { createRefusedSignatures } from '../../src/discord/refused-signatures.ts';
import { openLog } from '../../src/log.ts';

describe('refused signatures', () => {
  it('cause one warning a minute, with DISCORD_PUBLIC_KEY and their number', () => {
    const lines: { refused: number; msg: string }[] = [];
    const log = openLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
    let now = 0;
    const refused = createRefusedSignatures(log, () => now);
    for (let i = 0; i < 100; i++) refused();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.msg).toContain('DISCORD_PUBLIC_KEY');
    now = 59_999;
    refused();
    expect(lines).toHaveLength(1);
    now = 60_000;
    refused();
    now = 119_999;
    refused();
    expect(lines.map((line) => line.refused)).toEqual([1, 101]);
  });
});
