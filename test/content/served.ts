// A content folder on a disk for each test of a file, and the bot's side that serves it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { type ContentFolder, openContentFolder, type ReadContent } from '../../src/content/folder.ts';
import { systemClock } from '../../src/system-clock.ts';
import { files, writeFiles } from '../guide/sample.ts';

/** Writes the sample's files before each test, and closes and deletes everything after it. */
export function serveSample() {
  const served = {
    /** A folder for files that are not content. */
    home: '',
    folder: '',
    /** What was logged. */
    lines: [] as string[],
    guide: () => join(served.folder, 'en/open-door.md'),
    async open(read: ReadContent = readContentFolder): Promise<ContentFolder> {
      const one = await openContentFolder(served.folder, read, { log, clock: systemClock });
      opened.push(one);
      return one;
    },
  };
  const opened: ContentFolder[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void served.lines.push(line) });
  beforeEach(() => {
    served.home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
    served.folder = join(served.home, 'content');
    served.lines = [];
    writeFiles(served.folder, files());
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close(1000);
    rmSync(served.home, { recursive: true, force: true });
  });
  return served;
}
