// The content folder: read whole, checked whole, swapped whole; read again when something in it changes.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import { formatFinding } from './guide/findings.ts';
import { type Files, type Loaded, loadContent } from './guide/load.ts';
import type { Content, PageLimits } from './guide/model.ts';

/** Looking at modification times each second also works on network drives and in containers, where watching does not. */
const LOOK_EVERY_MS = 1000;

/** The content has errors at the start, where there is nothing else to serve. The message lists the findings. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

export interface ContentFolder {
  /** What is served now. */
  readonly current: Content;
  /** False while the folder holds errors and older content is served. */
  readonly isSound: boolean;
  /** Tells of every swap. */
  onSwap(listener: (content: Content) => void): void;
  close(): void;
}

/** Reads and checks a content folder. @param folder a path; findings name files by its last part */
export async function readFolder(folder: string, limits: PageLimits): Promise<Loaded> {
  return loadContent(await readFiles(folder), { root: basename(folder), limits, today: new Date() });
}

/**
 * Opens a content folder and follows its changes.
 * @throws {ContentError} where it holds errors
 */
export async function openFolder(folder: string, limits: PageLimits, log: Logger): Promise<ContentFolder> {
  let stamp = await stampOf(folder);
  const first = await readFolder(folder, limits);
  if (!first.content) throw new ContentError(first.findings.map(formatFinding).join('\n'));
  let current = first.content;
  let isSound = true;
  let isLooking = false;
  const listeners: ((content: Content) => void)[] = [];

  const look = async () => {
    const now = await stampOf(folder);
    if (now === stamp) return;
    const { content, findings } = await readFolder(folder, limits);
    stamp = now;
    isSound = content !== undefined;
    if (!content) {
      log.error(
        `The content has errors and was not taken over; the pages before it are still served:\n${findings.map(formatFinding).join('\n')}`,
      );
    } else if (content.version !== current.version) {
      current = content;
      log.info({ version: content.version }, 'new content is served');
      for (const listener of listeners) listener(content);
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error) => log.error({ err: error }, 'the content folder could not be read'))
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    get current() {
      return current;
    },
    get isSound() {
      return isSound;
    },
    onSwap: (listener) => listeners.push(listener),
    close: () => clearInterval(timer),
  };
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /\.(md|yaml)$/.test(entry))
    .sort();
}

async function readFiles(folder: string): Promise<Files> {
  const files = await filesOf(folder);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)),
  );
}

async function stampOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    (await filesOf(folder)).map(async (file) => ({ file, ...(await stat(join(folder, file))) })),
  );
  return stats.map(({ file, mtimeMs, size }) => `${file} ${mtimeMs} ${size}`).join('\n');
}
