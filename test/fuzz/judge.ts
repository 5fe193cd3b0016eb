// Whether Discord would accept an answer, and a person can read it.
import { isDeepStrictEqual } from 'node:util';
import { ApiError as FormRefusal } from 'fake-discord';
import { isRecord, type MessageRoute, parseCallback, parseMessage } from 'fake-discord/parts';
import { type Answer, Refusal } from '../../src/discord/answer.ts';
import { type ErrorMessageOptions, errorMessageFor } from '../../src/discord/error-message.ts';
import type { Router } from '../../src/discord/router.ts';
import { WITHIN_MS } from './runs.ts';

/** Words of the program, and none of the guides'. */
const INTERNALS = /\bundefined\b|\bNaN\b|\[object |Error:|\n\s+at /;
const FILES = 10;
/** What is deferred asks the fake Discord, perhaps many times over. */
const LATER_MS = 4 * WITHIN_MS;

/** What came of an interaction: the worst of its first answer and of what followed it. */
export type Verdict = 'answered' | 'refused' | 'failed';

/**
 * Answers an interaction with everything that follows.
 * @throws where an answer is late, where Discord would refuse it, or where a person would read of the program in it
 */
export async function answerTo(payload: unknown, router: Router, options: ErrorMessageOptions): Promise<Verdict> {
  const interaction = JSON.parse(JSON.stringify(payload));
  const answer = await inTime(router(interaction));
  const response = overTheWire(answer.response);
  const { json } = answer;
  if (json !== undefined && !isDeepStrictEqual(JSON.parse(json), response)) throw new Error(`another answer: ${json}`);
  const isPong = isRecord(interaction) && interaction.type === 1 && isDeepStrictEqual(response, { type: 1 });
  if (!isPong) checkFirst(response, allowedFor(interaction));
  readable(response);
  if (!answer.later) return answer.outcome ?? 'answered';
  return checkLater(answer.later, interaction, options);
}

async function checkLater(
  later: NonNullable<Answer['later']>,
  interaction: Parameters<Router>[0],
  options: ErrorMessageOptions,
): Promise<Verdict> {
  let verdict: Verdict = 'answered';
  const { files = [], ...body } = await inTime(
    later().catch((error) => {
      verdict = error instanceof Refusal ? 'refused' : 'failed';
      return { content: errorMessageFor(error, interaction, options), allowed_mentions: { parse: [] }, files: [] };
    }),
    LATER_MS,
  );
  if (files.length > FILES) throw new Error(`${files.length} files`);
  const message = overTheWire(body);
  mustBeTaken(message, 'followUpEdit', files.length > 0);
  readable(message);
  return verdict;
}

/** @throws where Discord would refuse a message, or where it may notify somebody */
export function mustBeTaken(body: unknown, route: MessageRoute, hasFiles = false): void {
  const message = overTheWire(body);
  refusing(message, () => parseMessage(message, route));
  shown(message, hasFiles);
}

async function inTime<T>(work: Promise<T>, limitMs = WITHIN_MS): Promise<T> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    const result = await Promise.race([work, late]);
    const ms = performance.now() - began;
    if (ms > limitMs) throw new Error(`answered after ${ms} ms`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

function allowedFor(interaction: unknown): readonly number[] {
  const { type, message } = isRecord(interaction) ? interaction : {};
  if (type === 2) return [4, 5, 9];
  if (type === 3) return [4, 5, 6, 7, 9];
  if (type === 4) return [8];
  return type === 5 && message ? [4, 5, 6, 7] : [4, 5];
}

function checkFirst(response: unknown, allowed: readonly number[]): void {
  refusing(response, () => {
    const callback = parseCallback(response, allowed);
    if ((callback.type === 4 || callback.type === 7) && isRecord(response)) shown(response.data, false);
  });
}

/** A message has something in it, and notifies nobody but a member who is named. */
function shown(message: unknown, hasFiles: boolean): void {
  if (!isRecord(message)) throw new Error('no message');
  const { content, embeds, components, allowed_mentions: allowed } = message;
  const isEmpty = [content, embeds, components].every((part) => !part || (Array.isArray(part) && part.length === 0));
  if (isEmpty && !hasFiles) throw new Error('an empty message');
  if (!isRecord(allowed) || !Array.isArray(allowed.parse) || allowed.parse.length > 0 || allowed.roles)
    throw new Error(`a message that may notify: ${JSON.stringify(allowed)}`);
}

function refusing(body: unknown, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof FormRefusal)) throw error;
    throw new Error(`Discord refuses ${JSON.stringify(error.errors)} of ${JSON.stringify(body).slice(0, 2000)}`);
  }
}

const SEEN = new Set(['content', 'title', 'description', 'label', 'name', 'value', 'text', 'placeholder']);

function readable(part: unknown): void {
  if (Array.isArray(part)) for (const one of part) readable(one);
  if (!isRecord(part)) return;
  for (const [key, value] of Object.entries(part)) {
    readable(value);
    if (typeof value === 'string' && SEEN.has(key) && INTERNALS.test(value)) throw new Error(`internals in: ${value}`);
  }
}

function overTheWire(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}
