// The summary of the content's findings.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkContent } from '../../src/doctor/content.ts';
import { files, GUIDE, SOURCES, writeFiles } from '../guide/sample.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
afterAll(() => rmSync(home, { recursive: true }));

const today = new Date().toISOString().slice(0, 10);
const reviewed = (text: string, date: string) => text.replaceAll('2026-11-01', date);

/** A folder with the sample, reviewed today unless `sources.yaml` is changed. */
function folderWith(changes: Record<string, string | undefined> = {}): string {
  const folder = mkdtempSync(join(home, 'content-'));
  writeFiles(folder, files({ 'sources.yaml': reviewed(SOURCES, today), ...changes }));
  return folder;
}

describe('the content', () => {
  it('without findings is ok', async () => {
    const folder = folderWith();
    const { content, finding } = await checkContent(folder);
    expect(content?.editions.size).toBe(1);
    expect(finding).toEqual({ level: 'ok', check: 'content', text: `3 pages in ${folder}, no warnings` });
  });

  it('with warnings is a hint that shows the first three', async () => {
    const more = ['a', 'b'].map((id) =>
      SOURCES.slice(SOURCES.indexOf('  - id: rules'), SOURCES.indexOf('dis'))
        .replace('rules', id)
        .replace('[U01, U02]', `[${id.toUpperCase()}01]`),
    );
    const sources = reviewed(SOURCES.replace('disagreements', `${more.join('')}disagreements`), '2019-01-01');
    const guide = GUIDE.replace('opens inwards.[^U01]', 'opens inwards.[^U01][^A01][^B01]');
    const folder = folderWith({ 'sources.yaml': sources, 'en/open-door.md': guide });
    const { content, finding } = await checkContent(folder);
    expect(content).toBeDefined();
    expect(finding).toMatchObject({
      level: 'hint',
      check: 'content',
      text: `3 pages in ${folder}, 4 warnings`,
      advice:
        'The bot runs with warnings. "npm run content" lists all of them, and content/README.md explains each code.',
    });
    expect(finding.details).toHaveLength(4);
    expect(finding.details?.[0]).toContain('G026');
    expect(finding.details?.at(-1)).toBe('… and 1 more');
  });

  it('with errors is a problem that shows errors only', async () => {
    const folder = folderWith({
      'sources.yaml': reviewed(SOURCES, '2019-01-01'),
      'en/open-door.md': GUIDE.replace('other.md#rear', 'other.md#nowhere'),
    });
    const { content, finding } = await checkContent(folder);
    expect(content).toBeUndefined();
    expect(finding).toMatchObject({
      level: 'problem',
      check: 'content',
      text: `${folder} has 1 error and 2 warnings: the bot can’t start with it`,
      advice: 'Fix the files. "npm run content" lists all findings, and content/README.md explains each code.',
    });
    expect(finding.details).toEqual([expect.stringMatching(/en\/open-door\.md:\d+:\d+/)]);
  });

  it('that cannot be read is a problem', async () => {
    const folder = join(home, 'missing');
    expect(await checkContent(folder)).toMatchObject({
      content: undefined,
      finding: {
        level: 'problem',
        check: 'content',
        text: expect.stringMatching(new RegExp(`^${folder} cannot be read: .*ENOENT`)),
        advice: 'Set CONTENT_DIR to a folder that the bot’s user can read.',
      },
    });
  });
});
