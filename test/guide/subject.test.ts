// subject.yaml: which sentences each language gets, and what a folder of 1.0 gets instead.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { neutralSubject, parseSubjects, SUBJECT_LIMITS, subjectText } from '../../src/guide/subject.ts';
import { load, OTHER, SUBJECT } from './sample.ts';

const subjectOf = (changes: Record<string, string | undefined>, locale = 'en') =>
  load(changes).content?.editions.get(locale)?.subject ?? expect.fail('not served');
const GERMAN = { 'de/other.md': OTHER, 'de/subject.yaml': SUBJECT.replace('I know about doors.', 'Ich kenne Türen.') };
const subjectCodes = (changes: Record<string, string>) =>
  load(changes).findings.filter(({ path }) => path.endsWith('subject.yaml'));

const REVIEW = { kind: 'opened', date: '2026-11-01' } as const;

describe('the subject', () => {
  it('is read for each language from its own file', () => {
    expect(subjectOf(GERMAN).scope).toBe('I know about doors.');
    expect(subjectOf(GERMAN, 'de').scope).toBe('Ich kenne Türen.');
    expect(subjectCodes(GERMAN)).toEqual([]);
  });

  it('is English in a language without a file of its own', () => {
    expect(subjectOf({ 'de/other.md': OTHER }, 'de')).toEqual(subjectOf({}));
  });

  it('may be written over several lines', () => {
    const folded = SUBJECT.replace('I know about doors.', '>\n  I know about\n  doors.');
    expect(subjectOf({ 'subject.yaml': folded })).toEqual(subjectOf({}));
  });

  it('is neutral in a folder without it, with a warning, and names what the sources name', () => {
    const { content, findings } = load({ 'subject.yaml': undefined });
    expect(findings.map(formatFinding)).toEqual([
      'content/subject.yaml:1:1 G053 warning: There is no subject.yaml (without it, members read neutral sentences)',
    ]);
    const subject = content?.editions.get('en')?.subject;
    for (const { publisher } of content?.sources ?? []) expect(subject?.sources).toContain(publisher);
  });

  it('is neutral within the limits, whatever the sources', () => {
    const review = { kind: 'opened', date: '2026-11-01' } as const;
    const source = { id: 'a', title: 'A', check: [], statements: ['A01'], review };
    const sources = Array.from({ length: 40 }, (_, i) => ({ ...source, publisher: `${i}`.padEnd(60, 'x') }));
    const subject = neutralSubject(sources, sources[0]);
    for (const [key, text] of Object.entries(subject)) {
      expect([...text].length, key).toBeLessThanOrEqual(SUBJECT_LIMITS[key as keyof typeof subject]);
    }
  });

  it('names 10 publishers at most, each once, when it is neutral', () => {
    const source = { id: 'a', title: 'A', check: [], statements: ['A01'], review: REVIEW };
    const named = (count: number) => {
      const sources = Array.from({ length: count }, (_, i) => ({ ...source, publisher: `P${i}` }));
      return neutralSubject([...sources, ...sources], undefined).sources;
    };
    expect(named(2)).toContain('P0, P1.');
    expect(named(10)).toContain('P8, P9.');
    expect(named(11)).toContain('P8, P9.');
  });

  it('names the publisher of the claims, if there is one, when it is neutral', () => {
    const source = { id: 'a', title: 'A', publisher: 'Somebody', check: [], statements: ['A01'], review: REVIEW };
    expect(neutralSubject([source], source).unconfirmed).toContain(' (Somebody).');
    expect(neutralSubject([source], undefined).unconfirmed).not.toContain('(');
    expect(Object.keys(neutralSubject([], undefined))).toEqual(Object.keys(SUBJECT_LIMITS));
  });
});

describe('the subjects of a folder', () => {
  const neutral = neutralSubject([], undefined);
  const parse = (texts: Record<string, string>, locales = ['en']) => {
    const files = { texts: new Map(Object.entries(texts)), pathOf: (file: string) => file };
    const { subjectFor, findings } = parseSubjects(files, locales, neutral);
    return { subjectFor, lines: findings.map(formatFinding) };
  };

  it('are neutral where the English one is missing or wrong', () => {
    expect(parse({}, ['en', 'de']).subjectFor('de')).toBe(neutral);
    expect(parse({ 'subject.yaml': 'title: A' }).subjectFor('en')).toBe(neutral);
    expect(parse({}).lines).toEqual([
      'subject.yaml:1:1 G053 warning: There is no subject.yaml (without it, members read neutral sentences)',
    ]);
  });

  it('are English where the one of a language is missing or wrong', () => {
    const { subjectFor, lines } = parse(
      { 'subject.yaml': SUBJECT, 'it/subject.yaml': SUBJECT.replace('scope', 'scop') },
      ['de', 'en', 'it'],
    );
    for (const locale of ['de', 'en', 'it', 'fr']) expect(subjectFor(locale)).toMatchObject({ title: 'Doors' });
    expect(lines).toEqual([
      'de/subject.yaml:1:1 G054 warning: There is no de/subject.yaml (without it, members read the English sentences)',
      'it/subject.yaml:5:7 G051 Unknown key "scop" (did you mean scope?)',
      'it/subject.yaml:1:1 G051 The key "scope" is missing',
    ]);
  });

  it('are read even if no language has guides', () => {
    expect(parse({ 'subject.yaml': SUBJECT }, []).subjectFor('en').title).toBe('Doors');
  });

  it('are not read from files in other places', () => {
    const files = [
      'subject.yaml',
      'en/subject.yaml',
      'de/subject.yaml',
      'en/search/subject.yaml',
      'en/my-subject.yaml',
    ];
    expect(parse(Object.fromEntries(files.map((file) => [file, SUBJECT]))).lines).toEqual([
      'en/subject.yaml:1:1 G055 warning: This file is not read (the English sentences are in subject.yaml, beside sources.yaml)',
      'de/subject.yaml:1:1 G055 warning: This file is not read (it belongs in a folder that has guides)',
      'en/search/subject.yaml:1:1 G055 warning: This file is not read (it belongs in a folder that has guides)',
    ]);
  });

  it.each([
    ['title', 200],
    ['intro', 1000],
    ['sources', 800],
    ['limits', 1000],
    ['scope', 500],
    ['support', 300],
    ['disclaimer', 300],
    ['unconfirmed', 300],
  ])('have a sentence %s of %d characters at most', (key, limit) => {
    const lines = (text: string) => parse({ 'subject.yaml': subjectText({ ...neutral, [key]: text }) }).lines;
    expect(lines('😀'.repeat(100).padEnd(limit + 100, 'x'))).toEqual([]);
    expect(lines('x'.repeat(limit + 1))).toEqual([
      expect.stringMatching(`^subject.yaml:\\d+:\\d+ G052 "${key}" has more than ${limit} characters$`),
    ]);
    expect(lines(' ')).toEqual([expect.stringMatching(`G052 "${key}" is empty$`)]);
  });

  it('are keys with sentences', () => {
    const shape = 'subject.yaml:1:1 G050 This must be keys with a sentence each';
    for (const text of ['', '- a', 'a']) expect(parse({ 'subject.yaml': text }).lines).toEqual([shape]);
    expect(parse({ 'subject.yaml': 'a: b: c' }).lines).toEqual([
      expect.stringMatching(
        /^subject.yaml:1:4 G050 .* \(put a sentence with a colon or a number sign in double quotes\)$/,
      ),
    ]);
    const list = SUBJECT.replace('I know about doors.', '[doors]').replace('Doors', 'Doors # 2');
    expect(parse({ 'subject.yaml': list }).lines).toEqual([
      expect.stringContaining('subject.yaml:1:13 G038'),
      'subject.yaml:5:8 G052 "scope" is not a text',
    ]);
  });

  it('are trimmed, and the same after writing and reading them', () => {
    expect(parse({ 'subject.yaml': subjectText(neutral) }).lines).toEqual([]);
    const sentences = { ...neutral, intro: `${'long '.repeat(100)}# "end"`, limits: 'a: b' };
    const text = subjectText(sentences);
    expect(text).toMatch(/^# What the bot is about/);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + Object.keys(SUBJECT_LIMITS).length);
    expect(parse({ 'subject.yaml': text })).toMatchObject({ lines: [] });
    expect(parse({ 'subject.yaml': text }).subjectFor('en')).toEqual(sentences);
    expect(parse({ 'subject.yaml': text.replace('a: b', ' a: b ') }).subjectFor('en')).toEqual(sentences);
  });
});
