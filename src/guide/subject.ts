// subject.yaml: what the bot is about, in the sentences that members read. No code knows the subject.
import { LineCounter } from 'yaml';
import { z } from 'zod';
import type { ContentFiles } from './edition.ts';
import { didYouMean, finding } from './findings.ts';
import { DEFAULT_LOCALE, type Finding, type Source, type Subject } from './model.ts';
import { checkCutValues, positionIn, readYaml } from './yaml.ts';

const FILE = 'subject.yaml';

/** Publishers that the neutral sentences name at most: 10 names of 60 characters fit into `sources`. */
const MAX_PUBLISHERS = 10;

/** At most, in code points. With these, every message that uses the sentences fits into Discord's limits. */
export const SUBJECT_LIMITS: Readonly<Record<keyof Subject, number>> = {
  title: 200,
  intro: 1000,
  sources: 800,
  limits: 1000,
  scope: 500,
  support: 300,
  disclaimer: 300,
  unconfirmed: 300,
};

const KEYS = Object.keys(SUBJECT_LIMITS);

const sentence = (limit: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .refine((text) => [...text].length <= limit, `has more than ${limit} characters`);

const SubjectFile = z.strictObject({
  title: sentence(SUBJECT_LIMITS.title),
  intro: sentence(SUBJECT_LIMITS.intro),
  sources: sentence(SUBJECT_LIMITS.sources),
  limits: sentence(SUBJECT_LIMITS.limits),
  scope: sentence(SUBJECT_LIMITS.scope),
  support: sentence(SUBJECT_LIMITS.support),
  disclaimer: sentence(SUBJECT_LIMITS.disclaimer),
  unconfirmed: sentence(SUBJECT_LIMITS.unconfirmed),
}) satisfies z.ZodType<Subject>;

export interface Subjects {
  /** The subject in a language: the English or the neutral one where its own is missing or wrong. */
  subjectFor(locale: string): Subject;
  readonly findings: readonly Finding[];
}

/**
 * Reads the subject in each language: `subject.yaml` for English, `<locale>/subject.yaml` for the others.
 * @param locales the languages that have guides
 * @param neutral for a folder without `subject.yaml`, as in 1.0
 */
export function parseSubjects({ texts, pathOf }: ContentFiles, locales: readonly string[], neutral: Subject): Subjects {
  const findings: Finding[] = [];
  const read = (file: string, text: string): Subject | undefined => {
    const parsed = parseSubject(pathOf(file), text);
    findings.push(...parsed.findings);
    return parsed.subject;
  };
  const text = texts.get(FILE);
  if (text === undefined) {
    const hint = 'without it, members read neutral sentences';
    findings.push(finding({ path: pathOf(FILE), line: 1, column: 1 }, 'G053', `There is no ${FILE}`, hint));
  }
  const english = (text === undefined ? undefined : read(FILE, text)) ?? neutral;
  const subjects = new Map([[DEFAULT_LOCALE, english]]);
  for (const locale of locales) {
    if (locale === DEFAULT_LOCALE) continue;
    const file = `${locale}/${FILE}`;
    const own = texts.get(file);
    if (own === undefined)
      findings.push(finding({ path: pathOf(file), line: 1, column: 1 }, 'G054', `There is no ${file}`));
    subjects.set(locale, (own === undefined ? undefined : read(file, own)) ?? english);
  }
  const expected = new Set([FILE, ...[...subjects.keys()].filter(isTranslation).map((locale) => `${locale}/${FILE}`)]);
  for (const file of texts.keys()) {
    if (file.split('/').at(-1) === FILE && !expected.has(file))
      findings.push(finding({ path: pathOf(file), line: 1, column: 1 }, 'G055', 'This file is not read', whyNot(file)));
  }
  return { subjectFor: (locale) => subjects.get(locale) ?? english, findings };
}

function parseSubject(path: string, text: string): { subject?: Subject; findings: Finding[] } {
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    const hint = 'put a sentence with a colon or a number sign in double quotes';
    return { findings: [finding({ path, line, column }, 'G050', problem, hint)] };
  }
  const positionOf = (keys: readonly PropertyKey[]) => positionIn(path, yaml.document, lines, keys);
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value))
    return { findings: [finding(positionOf([]), 'G050', 'This must be keys with a sentence each')] };
  const keys = Object.keys(yaml.value);
  const unknown = keys.filter((key) => !KEYS.includes(key));
  const missing = KEYS.filter((key) => !keys.includes(key));
  const findings = [
    ...unknown.map((key) => finding(positionOf([key]), 'G051', `Unknown key "${key}"`, didYouMean(key, missing))),
    ...missing.map((key) => finding(positionOf([]), 'G051', `The key "${key}" is missing`)),
    ...checkCutValues(yaml.document, text, { path, line: 1, column: 1 }, KEYS),
  ];
  const parsed = SubjectFile.safeParse(yaml.value);
  if (parsed.success) return { subject: parsed.data, findings };
  for (const { path: keyPath, message, code } of parsed.error.issues) {
    const [key] = keyPath;
    if (code === 'unrecognized_keys' || key === undefined || missing.includes(String(key))) continue;
    const problem = code === 'invalid_type' ? 'is not a text' : message;
    findings.push(finding(positionOf(keyPath), 'G052', `"${String(key)}" ${problem}`));
  }
  return { findings };
}

function isTranslation(locale: string): boolean {
  return locale !== DEFAULT_LOCALE;
}

function whyNot(file: string): string {
  return file === `${DEFAULT_LOCALE}/${FILE}`
    ? `the English sentences are in ${FILE}, beside sources.yaml`
    : 'it belongs into a folder that has guides';
}

/**
 * Sentences for a folder of 1.0, which has no `subject.yaml`. Written here and not in `i18n`, because such a folder is
 * English; they go when 3.0 no longer reads it.
 * @param claims the source that the guides are written after
 */
export function neutralSubject(sources: readonly Source[], claims: Source | undefined): Subject {
  const publishers = [...new Set(sources.map(({ publisher }) => publisher))].slice(0, MAX_PUBLISHERS);
  return {
    title: 'Guidepost: what I can help with',
    intro: 'I answer questions from the guides below. Choose one.',
    sources: `Each page names its sources. Publishers: ${publishers.join(', ')}.`,
    limits: 'I only know what my guides say, and I can’t do anything for you outside of Discord.',
    scope: 'I only know what my guides are about.',
    support: 'For anything else, ask the moderators of your server.',
    disclaimer: 'Where Guidepost and a source differ, the source counts.',
    unconfirmed: `This page rests on one source alone${claims ? ` (${claims.publisher})` : ''}. No other source confirms it.`,
  };
}
