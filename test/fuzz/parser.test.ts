// The loader of guides with any Markdown and any YAML: findings with a position, or pages that Discord accepts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/discord/render-context.ts';
import { renderFeedback, renderPage, renderPublicPage } from '../../src/discord/views/page.ts';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { renderPlan } from '../../src/discord/views/plan.ts';
import { FINDING_CODES } from '../../src/guide/findings.ts';
import { loadContent } from '../../src/guide/load.ts';
import type { Content, Finding } from '../../src/guide/model.ts';
import { pathFrom } from '../../src/guide/walk.ts';
import { GUIDE, OTHER, QUESTIONS, SOURCES, SUBJECT, files as sampleFiles, TODAY } from '../guide/sample.ts';
import { mustBeTaken } from './judge.ts';
import { changed } from './lines.ts';
import { runs, TIMEOUT_MS, texts, WITHIN_MS } from './runs.ts';

type Files = Readonly<Record<string, string | undefined>>;

/** Without example questions, which name pages of the sample. */
const NO_QUESTIONS: Files = {
  'en/search/questions/open-door.yaml': undefined,
  'en/search/questions/other.yaml': undefined,
};

/** Loads files, and looks at everything that comes of it. @returns what is served, if anything */
function load(changes: Files): Content | undefined {
  const files = sampleFiles(changes);
  const began = performance.now();
  const { content, findings } = loadContent(files, { root: 'content', limits: pageLimits, today: TODAY });
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  for (const finding of findings) mustBeInside(finding, files);
  expect(content === undefined).toBe(findings.some(({ level }) => level === 'error'));
  if (content) mustBeShown(content);
  return content;
}

/** Where a finding is that something is missing. */
const MISSING = /^content\/(en|en\/search|[\w-]+\/(?:subject|edition)\.yaml)$/;

function mustBeInside({ path, line, column, code, message }: Finding, files: ReadonlyMap<string, string>): void {
  expect(Object.keys(FINDING_CODES)).toContain(code);
  expect(message).not.toMatch(/^$|\[object /);
  const text = files.get(path.replace(/^content\//, ''));
  if (text === undefined) expect([path, line, column]).toEqual([expect.stringMatching(MISSING), 1, 1]);
  const found = (text ?? '').split(/\r\n|\r|\n/)[line - 1];
  if (found === undefined || column < 1 || column > found.length + 1)
    expect.fail(`${path}:${line}:${column} ${code} lies outside of ${JSON.stringify(text)}`);
}

function mustBeShown(content: Content): void {
  for (const [locale, { pages }] of content.editions) {
    const context = createContext(content, locale);
    const all = pathFrom([...pages.values()]);
    if (!all) throw new Error('served without a page');
    mustBeTaken(renderPlan(all, context), 'channel');
    for (const page of pages.values()) {
      const bodies = [
        renderPage([page], context),
        renderPage([all[0], page], { ...context, origin: { isGuess: true, topics: [page.name] } }),
        renderPublicPage(page, context),
        renderFeedback([page], context, true),
        renderFeedback([page], context, false),
        renderPlan([page], context),
      ];
      for (const body of bodies) mustBeTaken(body, 'channel');
    }
  }
}

const english = readdirSync('content/en')
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(join('content/en', file), 'utf8'));
const shipped = {
  sources: readFileSync('content/sources.yaml', 'utf8'),
  heads: english.map((text) => text.slice(0, text.indexOf('\n## ') + 1)),
  pages: english.flatMap((text) => text.split(/^(?=## )/m).slice(1)),
};

/** A few of the shipped pages under a shipped head. */
const guides = fc
  .tuple(fc.constantFrom(...shipped.heads), fc.subarray(shipped.pages, { minLength: 1, maxLength: 4 }))
  .map(([head, pages]) => head + pages.join(''));

const length = (max: number) =>
  fc.oneof(fc.integer({ min: 1, max: Math.ceil(max / 3) }), fc.integer({ min: Math.ceil(max * 0.9), max }));
const words = (max: number) =>
  fc.tuple(fc.constantFrom('word ', 'é ', '😀 ', 'a. ', 'x*y ', '2 ~ 3 ', '~~no~~ '), length(max)).map(([word, size]) =>
    [...word.repeat(size)]
      .slice(0, size)
      .join('')
      .trim()
      .replace(/^[^\p{L}]+/u, 'W'),
  );

/** Guides of well-formed pages whose parts have any length up to a little over what Discord takes. */
const large: fc.Arbitrary<Files> = fc
  .record({
    sources: fc.array(fc.record({ title: words(100), publisher: words(60), link: length(290) }), {
      minLength: 1,
      maxLength: 12,
    }),
    pages: fc.array(
      fc.record({
        title: words(240),
        text: words(4100),
        cites: fc.array(fc.nat(11), { minLength: 1, maxLength: 8 }),
        alerts: fc.array(words(1030), { maxLength: 2 }),
        steps: fc.array(words(400), { maxLength: 6 }),
        labels: fc.array(words(78), { maxLength: 19 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ sources, pages }) => {
    const entries = sources.map(({ title, publisher, link }, i) =>
      [
        `  - id: s${i}`,
        `    title: ${JSON.stringify(title)}`,
        `    publisher: ${JSON.stringify(publisher)}`,
        `    link: https://e.org/${'x'.repeat(link - 14 > 0 ? link - 14 : 1)}`,
        '    opened: 2026-11-01',
        `    statements: [U${10 + i}]`,
      ].join('\n'),
    );
    const blocks = pages.map(({ title, text, cites, alerts, steps, labels }, i) =>
      [
        `## ${i} ${title} {#p${i} .outcome}`,
        `${text}${cites.map((cite) => `[^U${10 + (cite % sources.length)}]`).join('')}`,
        ...alerts.map((alert) => `> [!WARNING]\n> ${alert}`),
        steps.map((step, n) => `- [ ] ${n} ${step}`).join('\n'),
        [
          i + 1 < pages.length ? `- [Go on](#p${i + 1})` : '- [Go on](other.md#other)',
          ...labels.map((label, n) => `- [${n} ${label}](https://e.org/${n})`),
        ].join('\n'),
      ]
        .filter((block) => block !== '')
        .join('\n\n'),
    );
    return {
      ...NO_QUESTIONS,
      'sources.yaml': `claims-from: s0\nsources:\n${entries.join('\n')}\n`,
      'en/open-door.md': `---\ncommand: open\ndescription: Open\nstart: p0\n---\n\n${blocks.join('\n\n')}\n`,
      'en/other.md':
        '---\ndescription: Nothing\n---\n\n## Other {#other .outcome}\n\nA.[^U10]\n\n- [Open](open-door.md#p0)\n',
    };
  });

/** What takes a parser of Markdown long, or more of the stack than there is. */
const HOSTILE =
  '>,> ,- ,1. ,> - ,[,![,*a_,**a*,](,`a``b,[a](,[^a,~a~~b,<a ,|-,- a\n\n,1) a\n,>\n\n,a\n===\n,## \n,|a|\n|-|\n,[a]: b\n,a\\\n,> - > - > - 1. > a\n'.split(
    ',',
  );

const SEARCH = [
  'en/search/questions/open-door.yaml',
  'en/search/synonyms.yaml',
  'en/search/abbreviations.yaml',
  'en/search/off-topic.yaml',
];

/** What takes a parser of YAML long. */
const HOSTILE_YAML = [
  '- a\n',
  '? a\n',
  '[\n',
  '# a\n',
  '- &a a\n',
  '- [a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]\n',
  'a: b\n',
  '"a\n',
  '- - ',
];

describe('the loader of guides', { timeout: TIMEOUT_MS }, () => {
  it.each(HOSTILE)('reads 200 kB of %j quickly', (sign) => {
    const whole = sign.repeat(200_000 / sign.length);
    expect(load({ 'en/open-door.md': GUIDE + whole })).toBeUndefined();
    expect(load({ 'sources.yaml': SOURCES + whole })).toBeUndefined();
    load({ 'subject.yaml': SUBJECT + whole });
  });

  it.each(HOSTILE_YAML)('refuses or reads 90 kB of %j in a search file quickly', (part) => {
    const whole = part.repeat(90_000 / part.length);
    for (const name of SEARCH) load({ [name]: whole });
  });

  it('reads 5,000 different keys of a search file quickly', () => {
    const words = Array.from({ length: 5000 }, (_, i) => `  k${i}: door`);
    expect(load({ 'en/search/abbreviations.yaml': ['words:', ...words].join('\n') })).toBeDefined();
  });

  it('reads any text as a search file', () => {
    fc.assert(
      fc.property(texts(2000), changed(fc.constant(QUESTIONS)), fc.constantFrom(...SEARCH), (text, questions, name) => {
        load({ [name]: text });
        load({ [name]: questions });
      }),
      runs(60),
    );
  });

  it('reads any text at all', () => {
    fc.assert(
      fc.property(texts(2000), texts(2000), fc.boolean(), (guide, sources, isWhole) => {
        load({ 'en/open-door.md': isWhole ? guide : GUIDE + guide, 'sources.yaml': isWhole ? sources : SOURCES });
        load({ 'subject.yaml': isWhole ? guide : SUBJECT.replace('I know about doors.', guide) });
        load({ 'en/open-door.md': GUIDE.replace('start: start', `start: start\n${guide}`) });
      }),
      runs(60),
    );
  });

  it('reads changed valid guides', () => {
    const some = fc.record({ guide: changed(fc.constant(GUIDE)), other: changed(fc.constant(OTHER)) });
    let served = 0;
    fc.assert(
      fc.property(some, changed(fc.constant(SOURCES)), fc.nat(9), ({ guide, other }, sources, which) => {
        const files = { 'en/open-door.md': guide, 'en/other.md': which > 4 ? OTHER : other };
        if (load(which === 0 ? { ...files, 'sources.yaml': sources, 'de/other.md': other } : files)) served += 1;
      }),
      runs(200),
    );
    expect(served).toBeGreaterThan(0);
  });

  it('serves pages of the largest size', () => {
    let served = 0;
    fc.assert(
      fc.property(large, (files) => {
        if (load(files)) served += 1;
      }),
      runs(40),
    );
    expect(served).toBeGreaterThan(0);
  });

  it('reads valid subjects after changes', () => {
    let served = 0;
    fc.assert(
      fc.property(changed(fc.constant(SUBJECT)), fc.boolean(), (subject, isEnglish) => {
        const german = { 'de/other.md': OTHER, 'de/subject.yaml': subject };
        if (load(isEnglish ? { 'subject.yaml': subject } : german)) served += 1;
      }),
      runs(100),
    );
    expect(served).toBeGreaterThan(0);
  });

  it('reads the shipped pages after changes', () => {
    fc.assert(
      fc.property(changed(guides), changed(fc.constant(shipped.sources)), fc.nat(9), (guide, sources, which) => {
        load({ ...NO_QUESTIONS, 'en/open-door.md': guide, 'sources.yaml': which === 0 ? sources : shipped.sources });
      }),
      runs(60),
    );
  });
});
