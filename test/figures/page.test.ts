// docs/figures.md is what `npm run figures` makes of the committed figures.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Figure, readFigures } from '../../src/figures/figure.ts';
import { figuresPage } from '../../src/figures/page.ts';

const figure: Figure = {
  command: 'npm run bench load',
  version: '1.2.3',
  machine: { cpu: 'Xeon', cores: 2, memoryGiB: 4, node: '20.20.2' },
  date: '2026-11-09',
  tables: [{ title: 'Load', columns: ['who', 'ms'], rows: [['a | b', '7']], notes: ['It was busy.'] }],
};

describe('docs/figures.md', () => {
  it('is what npm run figures makes of docs/figures/*.json', () => {
    expect(readFileSync('docs/figures.md', 'utf8')).toBe(figuresPage(readFigures()));
  });
});

describe('figuresPage', () => {
  it('shows each table with its command, version, machine and date', () => {
    expect(figuresPage(new Map([['load', figure]]))).toContain(`### Load

\`npm run bench load\`: Guidepost 1.2.3, 2 × Xeon, 4 GiB, Node 20.20.2, 9 November 2026

| who | ms |
| --- | --- |
| a \\| b | 7 |

It was busy.
`);
  });

  it('leaves out what an old figure does not say about its machine', () => {
    const old = { ...figure, machine: { cores: 2, node: '24' } };
    expect(figuresPage(new Map([['load', old]]))).toContain('1.2.3, 2 cores, Node 24, 9 November 2026');
  });

  it('lists what a figure found after its tables', () => {
    const page = figuresPage(new Map([['simulation', { ...figure, found: ['A post was counted twice.'] }]]));
    expect(page).toContain('\n\n- A post was counted twice.\n');
  });

  it('shows figures of no section at the end, and no section without figures', () => {
    const page = figuresPage(
      new Map([
        ['a-new-one', { ...figure, tables: [{ title: 'New', columns: ['what'], rows: [['x']] }] }],
        ['load', figure],
      ]),
    );
    expect(page.match(/^##+ .*/gm)).toEqual(['## Load, memory and start', '### Load', '## Other figures', '### New']);
  });
});
