// The content folder that is served: swapped whole when something in it changes, or kept as it was.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { formatFinding } from '../guide/findings.ts';
import type { Loaded } from '../guide/load.ts';
import type { Content, Guide } from '../guide/model.ts';
import { backoffMs, type Job, type JobProblem, withinTimeout } from '../jobs.ts';
import { OperatorError } from '../operator-error.ts';
import type { Model } from '../search/training.ts';
import { fingerprintOf, systemErrorCode } from './fingerprint.ts';

/** Looking at modification times also works on network drives and in containers, where watching does not. */
const LOOK_EVERY_MS = 500;
/** While the folder cannot be read. A change shows within 5 seconds all the same. */
const BACKOFF = { firstMs: 500, longestMs: 4000 };
/** How often a folder with errors is read at the start while it goes on changing. */
const OPENING_TRIES = 10;

/**
 * The content has errors or cannot be read at the start, where there is nothing else to serve. The message lists the
 * findings.
 */
export class ContentError extends OperatorError {
  override readonly name = 'ContentError';
}

export interface ContentFolder extends Job {
  /** What is served now. */
  readonly current: Content;
  /** What the search learns from it, where that comes with it. Never rejects. */
  readonly model: ModelPromise | undefined;
  /** False while the folder holds errors or cannot be read, and older content is served. */
  readonly isValid: boolean;
  /** Tells of every swap. */
  onChange(listener: (content: Content) => void): void;
  /** Follows the folder no longer. */
  close(timeoutMs?: number): Promise<void>;
}

/** What was read, and what the search learns from the English pages where that is done along with it. */
export interface ReadResult extends Loaded {
  readonly model?: ModelPromise;
}

/** Comes after the content. Undefined where nothing could be learned. Never rejects. */
export type ModelPromise = Promise<Model | undefined>;

/**
 * How a folder is read and checked: in this process or in another.
 * @param known guides of an earlier reading, which are not parsed again where their files are the same
 */
export type ReadContent = (folder: string, known?: readonly Guide[]) => Promise<ReadResult>;

/**
 * Reads and checks a content folder in a process of its own: parsing takes some hundred milliseconds, in which the bot
 * goes on answering, and some 60 MiB, which a thread would not give back to the system.
 */
export const readInChildProcess: ReadContent = (folder, known = []) =>
  new Promise((done, fail) => {
    const reader = fork(fileURLToPath(new URL('./content-reader.js', import.meta.url)), [folder], {
      serialization: 'advanced',
    });
    reader.send(known);
    const model: ModelPromise = new Promise((learned) => {
      reader.once('message', (loaded: Loaded) => {
        reader.once('message', learned);
        done({ ...loaded, model });
      });
      reader.once('exit', () => learned(undefined));
    });
    reader.on('error', fail);
    reader.once('exit', (code) => fail(new Error(`the process that reads the content ended with code ${code}`)));
  });

/**
 * Opens a content folder and follows its changes.
 * @throws {ContentError} where it holds errors or cannot be read
 */
export async function openContentFolder(
  folder: string,
  read: ReadContent,
  { log, clock }: { log: Logger; clock: Clock },
): Promise<ContentFolder> {
  for (let tries = 1; ; tries++) {
    const stamp = await stampToOpen(folder);
    const { content, findings, model } = await read(folder);
    if (content) {
      const opened = new FollowedFolder({ folder, read, log, clock, stamp, content, model });
      opened.start();
      return opened;
    }
    // A program that was writing it, such as git, may be done now.
    const hasChanged = (await stampToOpen(folder)) !== stamp;
    if (!hasChanged || tries >= OPENING_TRIES) throw new ContentError(findings.map(formatFinding).join('\n'));
  }
}

async function stampToOpen(folder: string): Promise<string> {
  try {
    return await fingerprintOf(folder);
  } catch (error) {
    throw new ContentError(`CONTENT_DIR: ${folder} cannot be read (${systemErrorCode(error)})`);
  }
}

interface Opened {
  readonly folder: string;
  readonly read: ReadContent;
  readonly log: Logger;
  readonly clock: Clock;
  readonly stamp: string;
  readonly content: Content;
  readonly model: ModelPromise | undefined;
}

class FollowedFolder implements ContentFolder {
  readonly #folder: string;
  readonly #read: ReadContent;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  readonly #listeners: ((content: Content) => void)[] = [];
  #stamp: string;
  #content: Content;
  #model: ModelPromise | undefined;
  /** Why what was read last is not served. */
  #refused: string | undefined;
  /** Why the folder cannot be looked at now. */
  #unreadable: string | undefined;
  #following: Promise<void> | undefined;

  constructor({ folder, read, log, clock, stamp, content, model }: Opened) {
    this.#folder = folder;
    this.#read = read;
    this.#log = log;
    this.#clock = clock;
    this.#stamp = stamp;
    this.#content = content;
    this.#model = model;
  }

  get current(): Content {
    return this.#content;
  }

  get model(): ModelPromise | undefined {
    return this.#model;
  }

  get isValid(): boolean {
    return this.#refused === undefined && this.#unreadable === undefined;
  }

  onChange(listener: (content: Content) => void): void {
    this.#listeners.push(listener);
  }

  start(signal?: AbortSignal): void {
    signal?.addEventListener('abort', () => this.#closing.abort(), { once: true });
    this.#following ??= this.#follow();
  }

  async close(timeoutMs = 0): Promise<void> {
    this.#closing.abort();
    await withinTimeout(this.#clock, this.#following, timeoutMs);
  }

  health(): JobProblem | undefined {
    return this.isValid ? undefined : { status: 'degraded', problem: 'older content' };
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    let failures = 0;
    while (!signal.aborted) {
      const pause = failures === 0 ? LOOK_EVERY_MS : backoffMs(failures, BACKOFF, this.#clock.random);
      await this.#clock.sleep(pause, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#look();
        failures = 0;
        if (this.#unreadable !== undefined) this.#log.info('content folder readable again');
        this.#unreadable = undefined;
      } catch (error) {
        failures += 1;
        const code = systemErrorCode(error);
        if (code !== this.#unreadable) {
          this.#log.error({ err: error }, `content folder not readable, older content is served: ${code}`);
        }
        this.#unreadable = code;
      }
    }
  }

  /** Reads the folder where it has changed. @throws where it cannot be read */
  async #look(): Promise<void> {
    const stamp = await fingerprintOf(this.#folder);
    if (stamp === this.#stamp) return;
    const { content, findings, model } = await this.#read(this.#folder, guidesOf(this.#content));
    if (this.#closing.signal.aborted) return;
    // Errors of a folder that was half written: the next look reads it again.
    if (!content && (await fingerprintOf(this.#folder)) !== stamp) return;
    this.#stamp = stamp;
    const refused = content ? undefined : findings.map(formatFinding).join('\n');
    if (refused !== undefined && refused !== this.#refused) {
      this.#log.error(`content has errors, older content is served:\n${refused}`);
    }
    const wasRefused = this.#refused !== undefined;
    this.#refused = refused;
    if (!content) return;
    if (content.version === this.#content.version) {
      if (wasRefused) this.#log.info('content is valid again');
      return;
    }
    this.#content = content;
    this.#model = model;
    this.#log.info({ version: content.version }, 'new content is served');
    for (const listener of this.#listeners) listener(content);
  }
}

function guidesOf({ editions }: Content): Guide[] {
  return [...editions.values()].flatMap(({ guides }) => guides);
}
