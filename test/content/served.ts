// A content folder on a disk for each test of a file, and the bot's side that serves it on a virtual clock.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { type ContentFolder, openContentFolder, type ReadContent } from '../../src/content/folder.ts';
import { files, writeFiles } from '../guide/sample.ts';
import { createVirtualClock } from '../virtual-clock.ts';

/** What was logged: the level, and the first line of the message. */
type LogLine = `${'info' | 'warn' | 'error'} ${string}`;

/** Writes the sample's files before each test, and closes and deletes everything after it. */
export function serveSample() {
  let virtual = createVirtualClock(0);
  const opened: ContentFolder[] = [];
  const served = {
    /** A folder for files that are not content. */
    home: '',
    folder: '',
    lines: [] as LogLine[],
    /** The whole records of the log. */
    records: [] as Record<string, unknown>[],
    /** Each pause, in ms, and whether it keeps the process alive. */
    pauses: [] as { ms: number; ref: boolean | undefined }[],
    guide: () => join(served.folder, 'en/open-door.md'),
    clock: () => virtual,
    async open(read: ReadContent = readContentFolder): Promise<ContentFolder> {
      const clock = {
        ...virtual,
        // Pauses without jitter.
        random: () => 0.5,
        sleep(ms: number, options: { signal?: AbortSignal; ref?: boolean } = {}) {
          served.pauses.push({ ms, ref: options.ref });
          return virtual.sleep(ms, options);
        },
      };
      const one = await openContentFolder(served.folder, read, { log, clock });
      opened.push(one);
      return one;
    },
    /** Lets time pass, and waits until the folder is read and the next pause has begun. */
    async pass(ms: number): Promise<void> {
      await virtual.advance(ms);
      while (virtual.pending() === 0) await sleep(1);
    },
  };
  const write = (line: string) => {
    const record = JSON.parse(line);
    const { level, msg } = record;
    served.records.push(record);
    served.lines.push(`${level === 50 ? 'error' : level === 40 ? 'warn' : 'info'} ${String(msg).split('\n')[0]}`);
  };
  const log = pino({ level: 'info' }, { write });
  beforeEach(() => {
    served.home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
    served.folder = join(served.home, 'content');
    served.lines = [];
    served.records = [];
    served.pauses = [];
    virtual = createVirtualClock(0);
    writeFiles(served.folder, files());
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close(1000);
    rmSync(served.home, { recursive: true, force: true });
  });
  return served;
}
