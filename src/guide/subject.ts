// subject.yaml: what the bot is about, in the sentences that members read. No code knows the subject.
import { LineCounter, stringify } from 'yaml';
import { z } from 'zod';
import { didYouMean, finding } from './findings.ts';
import type { ContentFiles } from './model.ts';
import { DEFAULT_LOCALE, type Finding, type Source, type Subject } from './model.ts';
import { checkCutValues, Positions, readYaml } from './yaml.ts';

export const SUBJECT_FILE = 'subject.yaml';

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

interface Subjects {
  /** The subject in a language: the English or the neutral one if its own is missing or wrong. */
  subjectFor(locale: string): Subject;
  readonly findings: readonly Finding[];
}

/**
 * Reads the subject in each language: `subject.yaml` for English, `LOCALE/subject.yaml` for the others.
 * @param locales the languages that have guides
 * @param neutral for a folder without `subject.yaml`, as in 1.0
 */
export function parseSubjects({ texts, pathOf }: ContentFiles, locales: readonly string[], neutral: Subject): Subjects {
  const findings: Finding[] = [];
  const subjects = new Map<string, Subject>();
  const languages = [DEFAULT_LOCALE, ...locales.filter((locale) => locale !== DEFAULT_LOCALE)];
  for (const locale of languages) {
    const file = fileFor(locale);
    const text = texts.get(file);
    if (text === undefined) findings.push(missingFile(locale, pathOf(file)));
    else {
      const parsed = parseSubject(pathOf(file), text);
      findings.push(...parsed.findings);
      if (parsed.subject) subjects.set(locale, parsed.subject);
    }
  }
  const read = new Set(languages.map(fileFor));
  for (const file of texts.keys()) {
    if (file.split('/').at(-1) === SUBJECT_FILE && !read.has(file)) findings.push(unreadFile(file, pathOf(file)));
  }
  const english = subjects.get(DEFAULT_LOCALE) ?? neutral;
  return { subjectFor: (locale) => subjects.get(locale) ?? english, findings };
}

function fileFor(locale: string): string {
  return locale === DEFAULT_LOCALE ? SUBJECT_FILE : `${locale}/${SUBJECT_FILE}`;
}

function missingFile(locale: string, path: string): Finding {
  const place = { path, line: 1, column: 1 };
  return locale === DEFAULT_LOCALE
    ? finding(place, 'G053', `There is no ${SUBJECT_FILE}`, 'without it, members read neutral sentences')
    : finding(place, 'G054', `There is no ${fileFor(locale)}`, 'without it, members read the English sentences');
}

function unreadFile(file: string, path: string): Finding {
  const hint =
    file === `${DEFAULT_LOCALE}/${SUBJECT_FILE}`
      ? `the English sentences are in ${SUBJECT_FILE}, beside sources.yaml`
      : 'it belongs in a folder that has guides';
  return finding({ path, line: 1, column: 1 }, 'G055', 'This file is not read', hint);
}

function parseSubject(path: string, text: string): { subject?: Subject; findings: Finding[] } {
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    const hint = 'put a sentence with a colon or a number sign in double quotes';
    return { findings: [finding({ path, line, column }, 'G050', problem, hint)] };
  }
  const positions = new Positions(path, yaml.document, lines);
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value))
    return { findings: [finding(positions.of([]), 'G050', 'This must be keys with a sentence each')] };
  const keys = Object.keys(yaml.value);
  const unknown = keys.filter((key) => !KEYS.includes(key));
  const missing = KEYS.filter((key) => !keys.includes(key));
  const findings = [
    ...unknown.map((key) => finding(positions.of([key]), 'G051', `Unknown key "${key}"`, didYouMean(key, missing))),
    ...missing.map((key) => finding(positions.of([]), 'G051', `The key "${key}" is missing`)),
    ...checkCutValues(yaml.document, text, { path, line: 1, column: 1 }, KEYS),
  ];
  const parsed = SubjectFile.safeParse(yaml.value);
  if (parsed.success) return { subject: parsed.data, findings };
  for (const { path: keyPath, message, code } of parsed.error.issues) {
    const [key] = keyPath;
    // Unknown keys, whose issue has no path, and missing ones are reported already.
    if (key === undefined || missing.includes(String(key))) continue;
    const problem = code === 'invalid_type' ? 'is not a text' : message;
    findings.push(finding(positions.of(keyPath), 'G052', `"${String(key)}" ${problem}`));
  }
  return { findings };
}

/**
 * Sentences for a folder of 1.0, which has no `subject.yaml`. They are here and not in `i18n` because such a folder is
 * English. 3.0 no longer reads it.
 * @param claims the source whose claims others may contradict
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

/** The text of a `subject.yaml` with these sentences. */
export function subjectText(subject: Subject): string {
  const head =
    '# What the bot is about, in the sentences that members read. content/README.md says where each is shown.\n';
  return head + stringify(subject, { lineWidth: 0 });
}
