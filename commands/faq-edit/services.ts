// The services that /faq-edit needs.
import type { Logger } from 'pino';
import type { Clock } from '../../src/clock.ts';
import type { QuestionAnswering } from '../../src/discord/question-answering.ts';
import type { ContextSource } from '../../src/discord/render-context.ts';
import type { ReplyCache } from '../../src/replies/cache.ts';
import type { Queue } from '../../src/slices.ts';
import type { Store } from '../../src/store/store.ts';

export interface EditServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly replyCache: ReplyCache;
  readonly answering: QuestionAnswering;
  /** The base URL of Discord's API. */
  readonly apiUrl: string;
  /**
   * One file of replies at a time is read, written or compressed in a process: each may take a hundred MiB of memory.
   */
  readonly fileQueue: Queue;
  readonly log: Logger;
  readonly clock: Clock;
}
