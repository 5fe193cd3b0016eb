// renamed.yaml: the old names of pages, and what is wrong with the file.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { pageCode } from '../../src/guide/parse.ts';
import { pageNamed } from '../../src/guide/renamed.ts';
import { load } from './sample.ts';

const english = (renamed: string) =>
  load({ 'renamed.yaml': renamed }).content?.editions.get('en') ?? expect.fail('the sample has errors');
const findingsOf = (renamed: string) => load({ 'renamed.yaml': renamed }).findings.map(formatFinding);

describe('a renamed page', () => {
  it('is found by its old name and by the code of its old name', () => {
    const edition = english('open-door#gate: open-door#front\n');
    const page = edition.pages.get('open-door#front');
    expect(pageNamed(edition, 'open-door#gate')).toBe(page);
    expect(pageNamed(edition, 'open-door#front')).toBe(page);
    expect(pageNamed(edition, 'open-door#hatch')).toBeUndefined();
    expect(edition.codes.get(pageCode('open-door#gate'))).toBe(page);
    expect(edition.pages.has('open-door#gate')).toBe(false);
  });

  it('is also found in a language that has pages of its own', () => {
    const translated =
      '---\ndescription: Türen\n---\n\n## Die Hintertür {#rear}\n\nSie ist offen.[^U01]\n\n- [Vorne](open-door.md#front)\n';
    const { content } = load({ 'renamed.yaml': 'other#back: other#rear\n', 'de/other.md': translated });
    const german = content?.editions.get('de') ?? expect.fail('the sample has errors');
    expect(pageNamed(german, 'other#back')?.title).toBe('Die Hintertür');
  });
});

describe('renamed.yaml', () => {
  it('need not exist, and may be empty', () => {
    expect(load().findings).toEqual([]);
    expect(findingsOf('# nothing has moved yet\n')).toEqual([]);
  });

  it.each([
    ['a page that still exists', 'other#rear: open-door#front\n', '1:1 G058 The page other#rear still exists'],
    ['no page', 'a#b: open-door#fornt\n', '1:6 G058 There is no page open-door#fornt (did you mean open-door#front?)'],
    ['a name without a file', 'gate: open-door#front\n', '1:7 G057 gate: must be a page, such as open-door#front'],
    ['a name that leads nowhere', 'a#b: front\n', '1:6 G057 a#b: must be a page, such as open-door#front'],
    [
      'broken YAML',
      'a: [\n',
      '2:1 G057 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('with %s is an error', (_, text, finding) => {
    expect(findingsOf(text)).toEqual([`content/renamed.yaml:${finding}`]);
  });
});
