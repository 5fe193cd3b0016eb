import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runDoctor } from './run-doctor.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('the content', () => {
  const copy = (change: (folder: string) => void): string => {
    const folder = mkdtempSync(join(home, 'content-'));
    cpSync('content', folder, { recursive: true });
    change(folder);
    return folder;
  };

  it('with errors is a problem that shows the first errors', async () => {
    const CONTENT_DIR = copy((folder) => writeFileSync(join(folder, 'sources.yaml'), 'sources: ['));
    const { output } = await runDoctor({ CONTENT_DIR });
    expect(output('content')).toMatch(/^problem content .* has 1 error and 0 warnings: the bot can’t start with it/);
    expect(output('content')).toMatch(/- .*sources\.yaml:\d+:\d+ G030/);
    expect(output('content')).toContain('→ Fix the files. "npm run content" lists all findings');
  });

  it('with warnings is a hint', async () => {
    const CONTENT_DIR = copy((folder) => {
      const file = join(folder, 'sources.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/reviewed: "20\d\d/g, 'reviewed: "2019'));
    });
    const { output } = await runDoctor({ CONTENT_DIR });
    expect(output('content')).toMatch(/^hint content \d\d pages in .*, \d+ warnings/);
    expect(output('content')).toMatch(/G026[\s\S]*- … and \d+ more\n → The bot runs with warnings/);
  });
});
