// A small valid content folder, and ways to load changed copies of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { type Loaded, loadContent } from '../../src/guide/load.ts';
import { editionFileOf, editionFileText, fingerprintOf } from '../../src/guide/translation.ts';

export const SOURCES = `claims-from: paper
sources:
  - id: paper
    title: A guide
    publisher: Somebody
    published: 2025-01-11
    opened: 2026-11-01
    statements: [G01, G02]
  - id: rules
    title: The rules
    publisher: The house
    link: https://example.org/rules
    opened: 2026-11-01
    statements: [U01, U02]
disagreements:
  - id: D1
    about: doors
    claim: [G02]
    authority: [U02]
`;

export const SUBJECT = `title: Doors
intro: I help with the door.
sources: The sources are a guide and the rules.
limits: I cannot open it for you.
scope: I know about doors.
support: "Ask the caretaker: https://example.org"
disclaimer: We are not the caretaker.
unconfirmed: Only the guide says so.
`;

export const GUIDE = `---
command: open-door
description: How to open the door
start: start
---

## Which door is it? {#start}

It opens inwards.[^U01]
Push it.

- [The front door](#front)
- [The back door](other.md#rear)

## The front door {#front .outcome}

Turn the handle.[^G01][^U01]

> [!WARNING]
> The paper says left. The rules say right. The rules count.[^G02][^U02]

- [ ] Find the key[^U01]
- [ ] Turn it

- [The rules](https://example.org/rules)
- [The back door instead](other.md#rear)
`;

export const OTHER = `---
description: Pages that guides share
---

## The back door {#rear}

It is never locked.[^U01]

- [The front door](open-door.md#front)
`;

/** Example questions: page id → eight or more, as `search/questions/GUIDE.yaml` has them. */
const questions = (pages: Record<string, string[]>) =>
  Object.entries(pages)
    .map(([id, own]) => `${id}:\n${own.map((question) => `  - ${question}\n`).join('')}`)
    .join('');
const numbered = (about: string) => ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((n) => `${about} ${n}`);

export const QUESTIONS = questions({
  start: ['how do i open the door', 'door will not open', ...numbered('which door')],
  front: ['front door stuck', ...numbered('front door')],
});
export const OTHER_QUESTIONS = questions({ rear: ['rear door', ...numbered('rear door')] });

/** A `language.yaml` with what it must have. */
export const LANGUAGE = `name: Deutsch
answered: Das gibt es bisher nur auf Englisch.
declined: Das weiß ich nicht.
courtesy: Gern!
`;

export const TODAY = new Date('2026-11-24');

/** The sample's files, some of them changed. An undefined text leaves the file out. */
export function files(changes: Record<string, string | undefined> = {}): Map<string, string> {
  const all = {
    'sources.yaml': SOURCES,
    'en/open-door.md': GUIDE,
    'en/other.md': OTHER,
    'en/search/questions/open-door.yaml': QUESTIONS,
    'en/search/questions/other.yaml': OTHER_QUESTIONS,
    'subject.yaml': SUBJECT,
    ...changes,
  };
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Writes files into a folder, creating the folders between. */
export function writeFiles(folder: string, all: ReadonlyMap<string, string>): void {
  for (const [name, text] of all) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const options = { root: 'content', limits: pageLimits, today: TODAY };
/** Parsing is most of the work, so each test parses only the guides that it changes. */
const previous = loadContent(files(), options).content?.editions.get('en')?.guides;

export function load(changes: Record<string, string | undefined> = {}): Loaded {
  return loadContent(files(changes), { ...options, previous });
}

/** The edition.yaml of a translation whose pages are as old as the English ones. @param locale of the guides in `changes` */
export function recordOf(changes: Record<string, string | undefined>, locale: string): Record<string, string> {
  const { editions } = load(changes).content ?? {};
  const [english, own] = [editions?.get('en'), editions?.get(locale)];
  const done = [...(english?.pages.values() ?? [])].filter(({ name }) => own && !own.translation?.missing.has(name));
  const from = Object.fromEntries(done.map((page) => [page.name, fingerprintOf(page)]));
  const file = { 'translated-by': 'Ann', translated: '2026-11-24', 'reviewed-by': 'Ben', reviewed: '2026-11-24', from };
  return { [editionFileOf(locale)]: editionFileText(file) };
}
