// Reading YAML within limits, the positions of its values, and values that a number sign cuts.
import { describe, expect, it } from 'vitest';
import { LineCounter } from 'yaml';
import { formatFinding } from '../../src/guide/findings.ts';
import { checkCutValues, Positions, readYaml } from '../../src/guide/yaml.ts';

const read = (text: string) => {
  const yaml = readYaml(text);
  return 'problem' in yaml ? expect.fail(yaml.problem) : yaml.value;
};
const documentOf = (text: string, lines?: LineCounter) => {
  const yaml = readYaml(text, lines);
  return 'problem' in yaml ? expect.fail(yaml.problem) : yaml.document;
};

describe('a text', () => {
  it('is read as its value', () => {
    expect(read('a: [1, two]\nb:\n  c: true # a comment\n')).toEqual({ a: [1, 'two'], b: { c: true } });
    expect(read('')).toBeNull();
  });

  const TOO_LONG = 'A line has more than 2000 characters, or the file more than 200000';

  it('has 2000 characters in a line at most', () => {
    expect(read(`- a\n- ${'x'.repeat(1998)}`)).toHaveLength(2);
    expect(readYaml(`- a\n- ${'x'.repeat(1999)}`)).toEqual({ problem: TOO_LONG, line: 2, column: 1 });
  });

  it('has 200000 characters at most', () => {
    const comments = `${'#'.padEnd(999, 'x')}\n`.repeat(200);
    expect(read(comments)).toBeNull();
    expect(readYaml(`${comments}\n`)).toEqual({ problem: TOO_LONG, line: 1, column: 1 });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 3, 1, 'The key "a" is used twice'],
    ['x:\n  - {y: 1, y: 2}', 2, 12, 'The key "y" is used twice'],
    ['[a: 1, {b: 1, b: 2}]', 1, 15, 'The key "b" is used twice'],
    ['- {a: 1, a: 2}\n- {b: 1, b: 2}', 1, 10, 'The key "a" is used twice'],
    ['a: "b\n', 2, 1, 'Missing closing "quote'],
    ['a:\n  - b\n c: d', 3, 1, 'All mapping items must start at the same column'],
    ['a: *b', 1, 1, 'Unresolved alias (the anchor must be set before the alias): b'],
  ])('that is wrong is a problem at its place: %#', (text, line, column, problem) => {
    expect(readYaml(text)).toEqual({ line, column, problem });
  });

  it('that would take too much memory is a problem of the whole file', () => {
    const ten = (name: string) => `[${`*${name},`.repeat(10)}]`;
    expect(readYaml(`- &a [x]\n- &b ${ten('a')}\n- &c ${ten('b')}\n- ${ten('c')}`)).toEqual({
      problem: 'Excessive alias count indicates a resource exhaustion attack',
      line: 1,
      column: 1,
    });
  });

  it('that is nested too deeply is a problem and no crash', () => {
    const deep = `${'[\n'.repeat(5000)}${']\n'.repeat(5000)}`;
    expect(readYaml(deep)).toMatchObject({ problem: 'This is nested too deeply' });
  });

  it('may have the same key in two maps, and keys that are not plain', () => {
    expect(read('- {a: 1, b: 2}\n- {a: 1}\n- {[c]: 1, [c]: 2}\n')).toHaveLength(3);
  });
});

describe('a position', () => {
  const text = '# first\na: 1\nb:\n  - c\n  - 7: d\n    e:\n';
  const lines = new LineCounter();
  const positions = new Positions('a.yaml', documentOf(text, lines), lines);
  const place = ({ path, line, column }: { path: string; line: number; column: number }) => `${path}:${line}:${column}`;

  it.each([
    [['a'], '2:4'],
    [['b'], '4:3'],
    [['b', 0], '4:5'],
    [['b', 1, '7'], '5:8'],
    [['b', 1, 7], '5:8'],
    [['b', 1, 'x', 'y'], '5:5'],
    [['b', 5], '4:3'],
    [['x'], '2:1'],
    [[], '2:1'],
  ])('of the value at %j, or of the nearest above it, is %s', (keys, expected) => {
    expect(place(positions.of(keys))).toBe(`a.yaml:${expected}`);
  });

  it.each([
    [['a'], '2:1'],
    [['b'], '3:1'],
    [['b', 1, '7'], '5:5'],
    [['b', 1, 'e'], '6:5'],
    [['b', 0], '4:5'],
    [['x'], '2:1'],
  ])('of the key at %j, or else of its value, is %s', (keys, expected) => {
    expect(place(positions.ofKey(keys))).toBe(`a.yaml:${expected}`);
  });

  it('may be the first one of the file', () => {
    const one = new LineCounter();
    expect(place(new Positions('a.yaml', documentOf('a: 1', one), one).ofKey(['a']))).toBe('a.yaml:1:1');
  });

  it('is the first one in an empty file', () => {
    const none = new LineCounter();
    expect(place(new Positions('a.yaml', documentOf('', none), none).of(['a']))).toBe('a.yaml:1:1');
  });
});

describe('a value that a number sign cuts', () => {
  const cut = (text: string, keys?: string[]) =>
    checkCutValues(documentOf(text), text, { path: 'a.md', line: 2, column: 1 }, keys).map(formatFinding);
  const line = (place: string, key: string) =>
    `a.md:${place} G038 warning: YAML reads "${key}" only up to the # (put the whole value in double quotes)`;

  it.each(['title', 'description', 'publisher', 'about'])('is found under the key %s', (key) => {
    expect(cut(`x: 1\n${key}: Door #2`)).toEqual([line(`3:${key.length + 7}`, key)]);
  });

  it('is found in a list of maps, and under other keys', () => {
    expect(cut('- title: A \t # b\n- title: C # d')).toEqual([line('2:11', 'title'), line('3:11', 'title')]);
    expect(cut('scope: A # b\ntitle: C # d', ['scope'])).toEqual([line('2:9', 'scope')]);
  });

  it.each([
    'title: "A" # b',
    "title: 'A' # b",
    'title: A#b',
    'title: A\n# b',
    'title: A\n\n  # b',
    'other: A # b',
    'title: >\n  A # b',
    'title: [A] # b',
    'title: {a: A} # b',
    '[title]: A # b',
  ])('is not in %j', (text) => {
    expect(cut(text)).toEqual([]);
  });
});
