// Checks of example questions: unknown pages, questions of two pages, and pages with too few.
import { describe, expect, it } from 'vitest';
import { checkQuestions } from '../../src/guide/check-questions.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Page } from '../../src/guide/model.ts';
import { readSearchFolder } from '../../src/guide/search-folder.ts';
import { edition, page } from './pages.ts';

const eight = (about: string) => Array.from({ length: 8 }, (_, i) => `${about} ${i + 1}`);
const one = page('a#one', { questions: eight('one'), line: 4 });
const two = page('b#two', { questions: eight('two'), line: 9 });

const six = (about: string) => eight(about).slice(0, 6);
/** Questions in a language that is only understood, for each of the two pages. */
const inGerman = (ofOne: readonly string[], ofTwo: readonly string[]) => ({
  'de/questions/a.yaml': `one:\n${ofOne.map((question) => `  - ${question}\n`).join('')}`,
  'de/questions/b.yaml': `two:\n${ofTwo.map((question) => `  - ${question}\n`).join('')}`,
});

/** @param files below the search folder */
function check(pages: readonly Page[], files: Record<string, string> = {}, starts: Record<string, string> = {}) {
  const texts = Object.entries(files).map(([file, text]) => [`en/search/${file}`, text] as const);
  const search = readSearchFolder('en', texts, (file) => file);
  return checkQuestions(edition(pages, starts), search).map(formatFinding);
}

it('finds nothing in questions that each belong to one page', () => {
  expect(check([one, two], { 'questions/a.yaml': 'one:\n  - one 1\n', 'off-topic.yaml': '- weather\n' })).toEqual([]);
});

describe('questions for a page that does not exist', () => {
  it('are reported where its list begins', () => {
    expect(check([one, two], { 'questions/a.yaml': 'one: [q]\noen: [q]\n' })).toEqual([
      'en/search/questions/a.yaml:2:1 G040 a.md has no page "oen" (did you mean one?)',
    ]);
    expect(check([one, two], { 'questions/a.yaml': '\nnothing-like-it: [q]\n' })).toEqual([
      'en/search/questions/a.yaml:2:1 G040 a.md has no page "nothing-like-it"',
    ]);
  });

  it('are reported in a language that is only understood', () => {
    const files = { ...inGerman(six('eins'), six('zwei')), 'de/questions/c.yaml': 'one: [q]\n' };
    const wrong = { ...files, 'de/questions/a.yaml': `oen: [q]\n${files['de/questions/a.yaml']}` };
    expect(check([one, two], wrong)).toEqual([
      'en/search/de/questions/a.yaml:1:1 G040 a.md has no page "oen" (did you mean one?)',
      'en/search/de/questions/c.yaml:1:1 G040 There is no guide c.md (did you mean a?)',
    ]);
  });

  it('are reported at the top of a file for no guide', () => {
    expect(check([one, two], { 'questions/aa.yaml': '\none: [q]\n' })).toEqual([
      'en/search/questions/aa.yaml:1:1 G040 There is no guide aa.md (did you mean a?)',
    ]);
    expect(check([one, two], { 'questions/elsewhere.yaml': '\none: [q]\n' })).toEqual([
      'en/search/questions/elsewhere.yaml:1:1 G040 There is no guide elsewhere.md',
    ]);
  });

  it('are not reported for a guide that cannot be read', () => {
    expect(check([one, two], { 'questions/c.yaml': 'one: [q]\n' }, { c: 'c#one' })).toEqual([]);
  });
});

describe('a question', () => {
  it('of two pages is reported at the second one: in its file, or at the page', () => {
    const files = { 'questions/b.yaml': 'two:\n  - other\n  - "ONE 1 "\n' };
    const twin = { ...two, questions: [...two.questions, 'ONE 1 '] };
    const message = 'G034 "ONE 1 " is a question of a#one as well (a question can teach one page only)';
    expect(check([one, twin], files)).toEqual([`en/search/questions/b.yaml:3:5 ${message}`]);
    expect(check([one, twin])).toEqual([`content/en/b.md:9:1 ${message}`]);
  });

  it('that a page has twice is not reported', () => {
    expect(check([{ ...one, questions: [...one.questions, 'One 1'] }, two])).toEqual([]);
  });

  it('that is off topic as well is reported', () => {
    expect(check([one, two], { 'off-topic.yaml': '- " TWO 3"\n' })).toEqual([
      'content/en/b.md:9:1 G034 "two 3" is in off-topic.yaml as well (a question can teach one page only)',
    ]);
  });
});

describe('a question of a pointer', () => {
  it('is reported if a page has it as well', () => {
    const pointers = 'zoo:\n  text: Ask the zoo.\n  questions: [lions, " TWO 3"]\n';
    expect(check([one, two], { 'pointers.yaml': pointers })).toEqual([
      'content/en/b.md:9:1 G034 "two 3" is in pointers.yaml as well, under zoo (a question can teach one page only)',
    ]);
  });
});

describe('a question in a language that is only understood', () => {
  it('of two pages is reported at the second one', () => {
    expect(check([one, two], inGerman(six('eins'), [...six('zwei'), 'EINS 1']))).toEqual([
      'en/search/de/questions/b.yaml:8:5 G034 "EINS 1" is a question of a#one as well (a question can teach one page only)',
    ]);
  });

  it('that is off topic in it as well is reported', () => {
    expect(check([one, two], { ...inGerman(six('eins'), six('zwei')), 'de/off-topic.yaml': '- Zwei 3\n' })).toEqual([
      'en/search/de/questions/b.yaml:4:5 G034 "zwei 3" is in off-topic.yaml as well (a question can teach one page only)',
    ]);
  });

  it('may be one of another page in another language, off topic there, or the question of a pointer', () => {
    const files = {
      ...inGerman(six('two'), six('shared')),
      'es/questions/a.yaml': `one: [${six('shared').join(', ')}]\n`,
      'es/questions/b.yaml': `two: [${six('dos').join(', ')}]\n`,
      'es/off-topic.yaml': '- two 1\n',
      'off-topic.yaml': '- shared 1\n',
      'pointers.yaml': 'zoo:\n  text: Ask the zoo.\n  questions: [shared 2]\n',
    };
    expect(check([one, two], files)).toEqual([]);
  });
});

describe('a page', () => {
  const few = (count: number) => ({ ...one, questions: eight('one').slice(0, count) });

  it('has 8 example questions at least', () => {
    const hint = '(add them to en/search/questions/a.yaml)';
    expect(check([few(8), two])).toEqual([]);
    expect(check([few(7), two])).toEqual([
      `content/en/a.md:4:1 G046 warning: "Title a#one" has 7 example questions, 8 at least ${hint}`,
    ]);
    expect(check([few(1), two])).toEqual([
      `content/en/a.md:4:1 G046 warning: "Title a#one" has 1 example question, 8 at least ${hint}`,
    ]);
  });

  it('has too few only if a page has any', () => {
    expect(check([few(0), { ...two, questions: [] }])).toEqual([]);
    expect(check([few(0), two])).toHaveLength(1);
  });

  it('has 6 example questions at least in a language that is only understood', () => {
    const line = (place: string, count: string) =>
      `en/search/de${place} G046 warning: "Title b#two" has ${count}, 6 at least (add them to en/search/de/questions/b.yaml)`;
    expect(check([one, two], inGerman(six('eins'), six('zwei')))).toEqual([]);
    expect(check([one, two], inGerman(six('eins'), six('zwei').slice(1)))).toEqual([
      line('/questions/b.yaml:1:1', '5 example questions'),
    ]);
    const withoutTwo = { 'de/questions/a.yaml': inGerman(six('eins'), [])['de/questions/a.yaml'] };
    expect(check([one, two], withoutTwo)).toEqual([line(':1:1', '0 example questions')]);
  });

  it('needs no example questions in a language that is only recognized', () => {
    expect(check([one, two], { 'de/off-topic.yaml': '- wetter\n' })).toEqual([]);
  });

  it('has too few only if all search files can be read', () => {
    expect(check([few(1), two], { 'questions/b.yaml': 'two: [\n' })).toEqual([]);
    // A warning about the search files says nothing about the questions.
    expect(check([few(1), two], { 'synonyms.yaml': 'door: [gate, gate]\n' })).toHaveLength(1);
  });
});
