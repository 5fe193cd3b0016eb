// Records posts that are not answered, several in one transaction: with SQLite each commit blocks the process until the
// disk has it, 6 ms and more.

import type { Store } from '../store/store.ts';
import { recordSilences, type SilentPost } from './posts.ts';

/** How long posts are collected, in ms. If the process is killed meanwhile, a few posts are missing in /insights. */
const INTERVAL_MS = 500;

interface Batch {
  readonly posts: SilentPost[];
  /** The ids of threads that were not read before. */
  readonly written: Promise<ReadonlySet<string>>;
}

export class SilenceRecorder {
  readonly #store: Store;
  readonly #closing: AbortSignal;
  #batch: Batch | undefined;

  /** @param closing once it aborts, posts are written at once */
  constructor(store: Store, closing: AbortSignal) {
    this.#store = store;
    this.#closing = closing;
  }

  /** Remembers a post that is not answered. @returns false if it was read before @throws {StoreError} */
  async record(post: SilentPost): Promise<boolean> {
    this.#batch ??= this.#begin();
    const { posts, written } = this.#batch;
    posts.push(post);
    return (await written).has(post.threadId);
  }

  #begin(): Batch {
    const posts: SilentPost[] = [];
    const pause = this.#store.clock.sleep(INTERVAL_MS, { signal: this.#closing, ref: false });
    const write = () => {
      this.#batch = undefined;
      return recordSilences(this.#store, posts);
    };
    return { posts, written: pause.then(write, write) };
  }
}
