// Stored figures: what is written is read back, and a wrong file is refused with a reason.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFigure, readFigures } from '../../src/figures/figure.ts';
import { storeFigure } from '../../src/figures/store.ts';
import { OperatorError } from '../../src/operator-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'guidepost-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const measured = {
  command: 'npm run bench start',
  tables: [{ title: 'Start', columns: ['what', 'ms'], rows: [['ready', '500']], data: [500.25] }],
  at: new Date('2026-11-27T23:00:00Z'),
};

function errorFor(text: string): string {
  const path = join(folder, 'bad.json');
  writeFileSync(path, text);
  try {
    readFigure(path);
  } catch (error) {
    if (error instanceof OperatorError) return error.message.replaceAll(path, 'bad.json');
    throw error;
  } finally {
    rmSync(path);
  }
  return 'no error';
}

describe('storeFigure', () => {
  it('stores the tables with the command, the version in package.json, the machine and the date', () => {
    storeFigure('start', measured, folder);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(readFigures(folder).get('start')).toEqual({
      command: 'npm run bench start',
      version,
      machine: {
        cpu: expect.any(String),
        cores: expect.any(Number),
        memoryGiB: expect.any(Number),
        node: process.versions.node,
      },
      date: '2026-11-27',
      tables: [{ title: 'Start', columns: ['what', 'ms'], rows: [['ready', '500']] }],
    });
  });

  it('keeps the list of what was found when it is measured again', () => {
    const path = storeFigure('again', measured, folder);
    writeFileSync(path, JSON.stringify({ ...readFigure(path), found: ['A lock stayed.'] }));
    storeFigure('again', { ...measured, command: 'npm run bench start twice' }, folder);
    expect(readFigure(path)).toMatchObject({ command: 'npm run bench start twice', found: ['A lock stayed.'] });
  });
});

describe('readFigure', () => {
  it('says which file is not JSON', () => {
    expect(errorFor('{"command": ')).toMatch(/^bad\.json is not JSON: /);
  });

  it('names every part that is missing, wrong or unknown', () => {
    const { command, ...rest } = readFigure(storeFigure('whole', measured, folder));
    const message = errorFor(JSON.stringify({ ...rest, date: '27 November', extra: command }));
    expect(message).toMatch(/^bad\.json: command: /m);
    expect(message).toMatch(/^bad\.json: date: /m);
    expect(message).toMatch(/^bad\.json: .*"extra"/m);
  });

  it('refuses a row that has another number of cells than the table has columns', () => {
    const stored = readFigure(storeFigure('whole', measured, folder));
    const tables = [{ title: 'Start', columns: ['what', 'ms'], rows: [['ready', '500'], ['later']] }];
    expect(errorFor(JSON.stringify({ ...stored, tables }))).toBe(
      'bad.json: tables: 0: rows: 1: has 1 cells, but the table has 2 columns',
    );
  });
});
