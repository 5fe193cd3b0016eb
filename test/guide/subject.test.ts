// subject.yaml: which sentences each language gets, and what a folder of 1.0 gets instead.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { neutralSubject, SUBJECT_LIMITS } from '../../src/guide/subject.ts';
import { load, OTHER, SUBJECT } from './sample.ts';

const subjectOf = (changes: Record<string, string | undefined>, locale = 'en') =>
  load(changes).content?.editions.get(locale)?.subject ?? expect.fail('not served');
const GERMAN = { 'de/other.md': OTHER, 'de/subject.yaml': SUBJECT.replace('I know about doors.', 'Ich kenne Türen.') };

describe('the subject', () => {
  it('is read for each language from its own file', () => {
    expect(subjectOf(GERMAN).scope).toBe('I know about doors.');
    expect(subjectOf(GERMAN, 'de').scope).toBe('Ich kenne Türen.');
    expect(load(GERMAN).findings).toEqual([]);
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
    const source = { id: 'a', title: 'A', reviewed: '2026-11-01', statements: ['A01'] };
    const sources = Array.from({ length: 40 }, (_, i) => ({ ...source, publisher: `${i}`.padEnd(60, 'x') }));
    const subject = neutralSubject(sources, sources[0]);
    for (const [key, text] of Object.entries(subject)) {
      expect([...text].length, key).toBeLessThanOrEqual(SUBJECT_LIMITS[key as keyof typeof subject]);
    }
  });
});
