// The content folder that is served: read again after each change, and replaced as a whole if it has no errors.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { formatFinding } from '../guide/findings.ts';
import type { Loaded } from '../guide/load.ts';
import { type Content, DEFAULT_LOCALE, type Guide } from '../guide/model.ts';
import { backoffMs, type Job, type JobProblem, withinTimeout } from '../jobs.ts';
import { OperatorError } from '../operator-error.ts';
import type { Model, TrainedSearch } from '../search/training.ts';
import { yieldToEventLoop } from '../slices.ts';
import { fingerprintOf, systemErrorCode } from './fingerprint.ts';
import type { Trainer } from './training-process.ts';

/** Polling also works on network drives and in containers, where watching for events does not. */
const POLL_INTERVAL_MS = 500;
/** While the folder cannot be read. Once it can be, its changes are served within 5 seconds. */
const BACKOFF = { firstMs: 500, longestMs: 4000 };
/** At the start, a folder with errors is read again if it has changed meanwhile: at most this many times. */
const MAX_OPEN_ATTEMPTS = 10;

/**
 * At the start, the content has errors or cannot be read, and there is no older content to serve. The message lists the
 * findings.
 */
export class ContentError extends OperatorError {
  override readonly name = 'ContentError';
}

export interface ContentFolder extends Job {
  /** What is served now. */
  readonly current: Content;
  /** The search that is trained on it; undefined if the reader trains none. */
  readonly search: TrainedSearch | undefined;
  /** False while older content is served because the folder has errors or cannot be read. */
  readonly isValid: boolean;
  /** Calls the listener with new content each time it is replaced. */
  onChange(listener: (content: Content) => void): void;
  /** Stops watching the folder. */
  close(timeoutMs?: number): Promise<void>;
}

/** What was read, and the search if the reader trains one. */
interface ReadResult extends Loaded {
  readonly search?: TrainedSearch;
}

/** What was read and trained before: what is the same is not parsed or trained again. */
export interface Previous {
  readonly guides: readonly Guide[];
  /** By language tag. */
  readonly models: ReadonlyMap<string, Model>;
}

/** Reads and checks a folder, in this process or in another. */
export type ReadContent = (folder: string, previous?: Previous) => Promise<ReadResult>;

/** What the child process gets. */
export interface ReaderRequest {
  readonly folder: string;
  readonly guides: readonly Guide[];
}

/** In a container of 512 MiB or less node limits its heap to about 260 MiB, and an operator may limit it further. */
const SMALL_HEAP_BYTES = 320 * 2 ** 20;

/** Measured: 128 MiB in 2.1 s; 154 MiB in 1.7 s without them; 112 MiB in 3.2 s with room for 1 MiB of new objects. */
function readerFlags(): string[] {
  const isSmallHost = getHeapStatistics().heap_size_limit < SMALL_HEAP_BYTES;
  return [`--max-semi-space-size=${isSmallHost ? 1 : 8}`, '--heap-growing-percent=30'];
}

/**
 * Returns a reader that reads and checks a content folder in a child process (`reader.ts`), and trains the search in
 * another: parsing takes two seconds, in which the bot keeps answering, and memory, which a thread would not return to
 * the operating system.
 * @param trainer undefined to train no search
 */
export function createChildReader(trainer?: Trainer): ReadContent {
  return (folder, { guides, models } = { guides: [], models: new Map() }) =>
    new Promise((done, reject) => {
      // A host of 256 MiB has no room for a process that reads beside one that trains.
      trainer?.pause();
      const reader = fork(fileURLToPath(new URL('./content-reader.js', import.meta.url)), {
        serialization: 'advanced',
        execArgv: readerFlags(),
      });
      reader.send({ folder, guides } satisfies ReaderRequest);
      let hasAnswered = false;
      reader.once('message', (loaded: Loaded) => {
        hasAnswered = true;
        const edition = loaded.content?.editions.get(DEFAULT_LOCALE);
        if (!edition || !trainer) {
          trainer?.resume();
          return done(loaded);
        }
        done({ ...loaded, search: trainer.train(edition, models) });
      });
      const fail = (error: Error) => {
        trainer?.resume();
        reject(error);
      };
      reader.on('error', fail);
      reader.once('exit', (code) => {
        if (!hasAnswered) fail(new Error(`the process that reads the content ended with code ${code}`));
      });
    });
}

/**
 * Opens a content folder and watches it for changes.
 * @throws {ContentError} if it has errors or cannot be read
 */
export async function openContentFolder(
  folder: string,
  read: ReadContent,
  { log, clock }: { log: Logger; clock: Clock },
): Promise<ContentFolder> {
  for (let tries = 1; ; tries++) {
    const fingerprint = await fingerprintOnOpen(folder);
    const { content, findings, search } = await read(folder);
    if (content) {
      const opened = new WatchedFolder({ folder, read, log, clock, fingerprint, content, search });
      opened.start();
      return opened;
    }
    // Another program, such as git, may have been writing it.
    const hasChanged = (await fingerprintOnOpen(folder)) !== fingerprint;
    if (!hasChanged || tries >= MAX_OPEN_ATTEMPTS) throw new ContentError(findings.map(formatFinding).join('\n'));
  }
}

async function fingerprintOnOpen(folder: string): Promise<string> {
  try {
    return await fingerprintOf(folder);
  } catch (error) {
    throw new ContentError(`CONTENT_DIR: ${folder} cannot be read (${systemErrorCode(error)})`);
  }
}

interface WatchOptions {
  readonly folder: string;
  readonly read: ReadContent;
  readonly log: Logger;
  readonly clock: Clock;
  readonly fingerprint: string;
  readonly content: Content;
  readonly search: TrainedSearch | undefined;
}

class WatchedFolder implements ContentFolder {
  readonly name = 'content';
  readonly #folder: string;
  readonly #read: ReadContent;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  readonly #listeners: ((content: Content) => void)[] = [];
  #fingerprint: string;
  #content: Content;
  #search: TrainedSearch | undefined;
  /** Why the current files are not served. */
  #errors: string | undefined;
  /** The error code while the folder cannot be read. */
  #unreadable: string | undefined;
  #watching: Promise<void> | undefined;
  #isReading = false;
  #lastSuccess: number | undefined;

  constructor({ folder, read, log, clock, fingerprint, content, search }: WatchOptions) {
    this.#folder = folder;
    this.#read = read;
    this.#log = log;
    this.#clock = clock;
    this.#fingerprint = fingerprint;
    this.#content = content;
    this.#search = search;
  }

  get current(): Content {
    return this.#content;
  }

  get search(): TrainedSearch | undefined {
    return this.#search;
  }

  get isValid(): boolean {
    return this.#errors === undefined && this.#unreadable === undefined;
  }

  onChange(listener: (content: Content) => void): void {
    this.#listeners.push(listener);
  }

  start(signal?: AbortSignal): void {
    signal?.addEventListener('abort', () => this.#closing.abort(), { once: true });
    this.#watching ??= this.#watch();
  }

  async close(timeoutMs = 0): Promise<void> {
    this.#closing.abort();
    await withinTimeout(this.#clock, this.#watching, timeoutMs);
  }

  /** 1 while a change of the folder is not served: it is being read, or has errors. */
  backlog(): number {
    return this.#isReading || !this.isValid ? 1 : 0;
  }

  /** When the folder was last found to be served as it is. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  health(): JobProblem | undefined {
    return this.isValid ? undefined : { status: 'degraded', problem: 'older content' };
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    let failures = 0;
    while (!signal.aborted) {
      const pause = failures === 0 ? POLL_INTERVAL_MS : backoffMs(failures, BACKOFF, this.#clock.random);
      await this.#clock.sleep(pause, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#poll();
        failures = 0;
        if (this.#unreadable !== undefined) this.#log.info('content folder readable again');
        this.#unreadable = undefined;
        if (this.isValid) this.#lastSuccess = this.#clock.now() / 1000;
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

  async #readAgain(): Promise<ReadResult> {
    return this.#read(this.#folder, {
      guides: guidesOf(this.#content),
      models: await trainedSoFar(this.#search),
    });
  }

  /** Reads the folder if it changed. @throws if it cannot be read */
  async #poll(): Promise<void> {
    const fingerprint = await fingerprintOf(this.#folder);
    if (fingerprint === this.#fingerprint) return;
    this.#isReading = true;
    const { content, findings, search } = await this.#readAgain().finally(() => {
      this.#isReading = false;
    });
    if (this.#closing.signal.aborted) return;
    // The folder was half written: the next poll reads it again.
    if (!content && (await fingerprintOf(this.#folder)) !== fingerprint) return;
    this.#fingerprint = fingerprint;
    const errors = content ? undefined : findings.map(formatFinding).join('\n');
    if (errors !== undefined && errors !== this.#errors) {
      this.#log.error(`content has errors, older content is served:\n${errors}`);
    }
    const hadErrors = this.#errors !== undefined;
    this.#errors = errors;
    if (!content) return;
    if (content.version === this.#content.version) {
      if (hadErrors) this.#log.info('content is valid again');
      return;
    }
    this.#content = content;
    this.#search = search;
    this.#log.info({ version: content.version }, 'new content is served');
    for (const listener of this.#listeners) listener(content);
  }
}

/** The models that are ready, by language tag. */
async function trainedSoFar(search: TrainedSearch | undefined): Promise<Map<string, Model>> {
  const ready = new Map<string, Model>();
  for (const [language, training] of search?.models ?? [])
    training.then((model) => model && ready.set(language, model)).catch(() => undefined);
  await yieldToEventLoop();
  return new Map(ready);
}

export function guidesOf({ editions }: Content): Guide[] {
  return [...editions.values()].flatMap(({ guides, ownGuides }) => ownGuides ?? guides);
}
