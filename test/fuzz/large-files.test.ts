// Large files of replies with odd content: parsing them takes a time in proportion to their length.
import { describe, expect, it } from 'vitest';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { WITHIN_MS } from './runs.ts';

const MIB = 1024 * 1024;

describe('a file of 1 MiB', () => {
  it.each([
    ['brackets', '['],
    ['image openings', '!['],
    ['quotes', '>'],
    ['list markers', '- '],
    ['emphasis', '*a_'],
    ['tags', '<a '],
    ['backticks and letters', '`a``b'],
    ['links', '](  '],
    ['URLs', 'http://a '],
    ['JSON lists', '{"a":['],
    ['headings', '## \n'],
    ['blank quotes', '>\n\n'],
    ['table cells', '|-'],
    ['definitions', '[a]: b\n'],
    ['replies', '## a {#a}\nb\n'],
    ['fences', '```\n'],
    ['rules', '---\n'],
    ['spaces', ' '],
  ])(
    'is parsed quickly if it has %s only',
    async (_, piece) => {
      for (const head of ['', '---\n', '## T {#abcd1234}\n\n']) {
        const file = (head + piece.repeat(MIB / piece.length)).slice(0, MIB);
        const began = performance.now();
        expect((await parseReplyFile(file, { path: 'faq.md' })).findings).not.toEqual([]);
        expect(performance.now() - began).toBeLessThan(WITHIN_MS);
      }
    },
    30_000,
  );
});
