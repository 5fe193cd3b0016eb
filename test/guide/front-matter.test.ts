// The front matter of a guide file.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { parseFrontMatter } from '../../src/guide/front-matter.ts';
import { readMarkdown } from '../../src/guide/markdown.ts';
import type { Finding } from '../../src/guide/model.ts';

function parse(text: string) {
  const findings: Finding[] = [];
  const head = parseFrontMatter('a.md', readMarkdown(text).children[0], findings);
  return { head, lines: findings.map(formatFinding) };
}
const given = (yaml: string) => parse(`---\n${yaml}\n---\n\nText.\n`);

describe('front matter', () => {
  it('is that of a guide, or of pages that guides share', () => {
    expect(given('command: open-door\ndescription: How\nstart: first')).toEqual({
      head: { command: 'open-door', description: 'How', start: 'first' },
      lines: [],
    });
    expect(given('description: Shared')).toEqual({ head: { description: 'Shared' }, lines: [] });
  });

  it.each(['', 'Text.', '\n## A', '--\ndescription: a\n--'])('is missing in %j', (text) => {
    expect(parse(text)).toEqual({
      head: undefined,
      lines: ['a.md:1:1 G001 The file does not begin with front matter (begin it with ---, description: …, ---)'],
    });
  });

  it('that is not YAML is reported at its line in the file', () => {
    const { head, lines } = given('command: a\ndescription: b: c');
    expect(head).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^a\.md:3:14 G001 /)]);
    expect(given('a: 1\na: 2').lines).toEqual(['a.md:3:1 G001 The key "a" is used twice']);
  });

  it('that ends at a number sign is read, with a warning at its place', () => {
    expect(given('description: Door #2')).toEqual({
      head: { description: 'Door' },
      lines: [expect.stringMatching(/^a\.md:2:18 G038 /)],
    });
  });

  it.each([
    ['', ['description']],
    ['- a', ['all of it']],
    ['text', ['all of it']],
    ['command: open', ['description', 'start']],
    ['start: first\ndescription: a', ['command']],
    ['command: Open\ndescription: a\nstart: b', ['command']],
    ['description: ""', ['description']],
    ['description: a\nother: b', ['all of it']],
  ])('%j is reported by its keys', (yaml, keys) => {
    const { head, lines } = given(yaml);
    expect(head).toBeUndefined();
    expect(lines).toEqual(keys.map((key) => expect.stringMatching(`^a\\.md:1:1 G002 front matter: ${key}: .`)));
  });
});
