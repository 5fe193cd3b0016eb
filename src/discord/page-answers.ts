// A cache of answers that show a page, as the JSON that is sent.
import QuickLRU from 'quick-lru';
import type { Page } from '../guide/model.ts';
import type { Answer } from './answer.ts';
import type { WalkId } from './custom-id.ts';
import type { RenderContext } from './render-context.ts';

/**
 * Whether a page is shown as the guide has it: the server has no reply in its place and no person to ask, and no question
 * led to it.
 */
export function isUnchangedPage(page: Page, { topics, origin, settings }: RenderContext): boolean {
  if (page.urgent && settings.helpersChannel !== undefined) return false;
  const topic = topics.find(page.name);
  return !origin && !(topic?.kind === 'page' && topic.override);
}

/** Of about 5 kB each. `QuickLRU` keeps up to twice as many. */
const MAX_ANSWERS = 1000;

/** An answer that shows a page. */
interface PageAnswer {
  readonly answer: Answer;
  readonly page: Page;
  /** The button that leads to it, if it was one. */
  readonly id?: WalkId;
}

/**
 * Caches answers, because members take few different paths, and reading a `custom_id` and rendering a page cost as much
 * as everything else that the bot does for a click (docs/decisions/011). A key holds everything that the answer depends
 * on, the version of the content included.
 */
export class PageAnswerCache {
  readonly #answers = new QuickLRU<string, PageAnswer>({ maxSize: MAX_ANSWERS });

  get(key: string): PageAnswer | undefined {
    return this.#answers.get(key);
  }

  /** Caches an answer without deferred work. @returns the answer to send */
  add(key: string, { answer, ...about }: PageAnswer): Answer {
    const kept = new KeptAnswer(JSON.stringify(answer.response));
    this.#answers.set(key, { ...about, answer: kept });
    return kept;
  }
}

/** An answer as JSON alone: the transports send that, and the object would take twice as much memory. */
class KeptAnswer implements Answer {
  readonly json: string;

  constructor(json: string) {
    this.json = toAscii(json);
  }

  get response(): Answer['response'] {
    return JSON.parse(this.json);
  }
}

/** Escapes all but ASCII: a string of single bytes is encoded ten times as fast. The detour through a buffer makes it one. */
function toAscii(json: string): string {
  const escaped = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'latin1').toString('latin1');
}
