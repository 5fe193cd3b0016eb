// A small sound content folder, and ways to load changed copies of it.
import { pageLimits } from '../../src/discord/views/page.ts';
import { type Loaded, loadContent } from '../../src/guide/load.ts';

export const SOURCES = `guide: paper
sources:
  - id: paper
    title: A guide
    publisher: Somebody
    published: 2025-01-11
    reviewed: 2026-11-01
    statements: [G01, G02]
  - id: rules
    title: The rules
    publisher: Upwork
    link: https://example.org/rules
    reviewed: 2026-11-01
    statements: [U01, U02]
disagreements:
  - id: D1
    about: doors
    guide: [G02]
    upwork: [U02]
`;

export const GUIDE = `---
command: open-door
description: How to open the door
start: start
---

## Which door is it? {#start}

> how do i open the door
> door will not open

It opens inwards.[^U01]
Push it.

- [The front door](#front)
- [The back door](other.md#rear)

## The front door {#front .outcome}

> front door stuck

Turn the handle.[^G01][^U01]

> [!WARNING]
> The guide says left. The rules say right. The rules count.[^G02][^U02]

- [ ] Find the key[^U01]
- [ ] Turn it

- [The rules](https://example.org/rules)
- [The back door instead](other.md#rear)
`;

export const OTHER = `---
description: Pages that guides share
---

## The back door {#rear}

> rear door

It is never locked.[^U01]

- [The front door](open-door.md#front)
`;

export const TODAY = new Date('2026-11-24');

/** The sample's files, some of them changed. An undefined text leaves the file out. */
export function files(changes: Record<string, string | undefined> = {}): Map<string, string> {
  const all = { 'sources.yaml': SOURCES, 'en/open-door.md': GUIDE, 'en/other.md': OTHER, ...changes };
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export function load(changes: Record<string, string | undefined> = {}): Loaded {
  return loadContent(files(changes), { root: 'content', limits: pageLimits, today: TODAY });
}
