// Updates one pinned message: compares it with what it should show, and edits it.
import { createHash } from 'node:crypto';
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { backoffMs } from '../jobs.ts';
import { claimPin, completePin, failPin, type QueueTimes, releasePin } from '../pins/queue.ts';
import { AlreadyPinnedError, markPinGone, type Pin, restorePin } from '../pins/repository.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { MessageBody } from './answer.ts';
import { type FailureReason, failureReason } from './errors.ts';
import type { ContextSource } from './render-context.ts';
import { editMessage } from './requests.ts';
import { GUIDES_TOPIC, renderGuides } from './views/guides.ts';
import { renderTopic } from './views/page.ts';

/** An edit that takes longer, for example because of a long rate limit, is tried again later. */
const EDIT_TIMEOUT_MS = 5000;
/** If a process dies during an edit, the edit is due again after this time (docs/decisions/007). */
export const CLAIM_MS = EDIT_TIMEOUT_MS + 1000;
const BACKOFF = { firstMs: 5000, longestMs: 6 * 60 * 60 * 1000 };
/** The longest wait after a failed edit, with the jitter and some reserve. */
const MAX_WAIT_MS = 1.2 * BACKOFF.longestMs;
/** After these failures the message or its channel no longer exists. */
const FINAL: readonly FailureReason[] = ['message', 'channel'];

export interface PinUpdaterOptions {
  readonly rest: REST;
  readonly store: Store;
  readonly replyCache: ReplyCache;
  readonly settingsCache: Pick<SettingsCache, 'settingsOf'>;
  readonly log: Logger;
  readonly clock: Clock;
  readonly contexts: Pick<ContextSource, 'contextWith'>;
}

export interface PinUpdater {
  /** What a pin should show now; undefined if its topic no longer exists. @throws {StoreError} */
  bodyOf(pin: Pick<Pin, 'guildId' | 'topic'>): Promise<MessageBody | undefined>;
  /** Whether a pin shows something other than it should. @throws {StoreError} */
  isBehind(pin: Pin): Promise<boolean>;
  /**
   * Edits a message that is due, unless another process is already doing so.
   * @param signal aborting it returns the pin to the queue
   * @throws {StoreError} if the database fails
   */
  update(pin: Pin, signal: AbortSignal): Promise<void>;
}

/** The times that the queue compares with. @param now in ms since 1970 */
export function queueTimes(now: number): QueueTimes {
  return {
    now: new Date(now),
    latestClaim: new Date(now + CLAIM_MS),
    latestRetry: new Date(now + MAX_WAIT_MS),
  };
}

/** A digest of what a message shows. */
export function digestOf({ content, embeds, components }: MessageBody): string {
  return createHash('sha256')
    .update(JSON.stringify([content, embeds, components]))
    .digest('hex')
    .slice(0, 16);
}

/** Creates the updater. It claims a pin in the database before an edit: no two processes edit a message together. */
export function createPinUpdater({
  rest,
  store,
  replyCache,
  settingsCache,
  log,
  clock,
  contexts,
}: PinUpdaterOptions): PinUpdater {
  const bodyOf: PinUpdater['bodyOf'] = async ({ guildId, topic }) => {
    const replies = await replyCache.repliesOf(guildId);
    // With outdated replies a pin that is behind would seem up to date.
    if (replyCache.isStale(guildId)) throw new StoreError('unavailable', 'replies of the server not readable');
    const settings = await settingsCache.settingsOf(guildId);
    const context = contexts.contextWith(settings.language, { replies, settings });
    if (topic === GUIDES_TOPIC) return renderGuides(context);
    const found = context.topics.find(topic);
    return found && renderTopic(found, context);
  };

  const fail = async (pin: Pin, error: unknown, { tried, claimedUntil }: { tried: string; claimedUntil: Date }) => {
    const reason = failureReason(error);
    const { guildId, channelId, messageId } = pin;
    log.info({ guild: guildId, channel: channelId, message: messageId, reason }, 'pin update failed');
    if (FINAL.includes(reason)) return markPinGone(store, pin, reason);
    const now = new Date(clock.now());
    const later = new Date(
      Math.max(now.getTime() + backoffMs(pin.failures + 1, BACKOFF, clock.random), claimedUntil.getTime()),
    );
    const body = await bodyOf(pin);
    // What changed during the edit may have been the cause.
    const nextTryAt = body && digestOf(body) !== tried ? now : later;
    // What Discord has refused has changed nothing. After any other failure it may have.
    const isUnchanged = reason !== 'failed';
    await failPin(store, pin, { problem: reason, isGone: reason === 'access', isUnchanged, now, nextTryAt });
  };

  return {
    bodyOf,
    async isBehind(pin) {
      const body = await bodyOf(pin);
      return body !== undefined && digestOf(body) !== pin.shownDigest;
    },
    async update(pin, signal) {
      const claimedUntil = new Date(clock.now() + CLAIM_MS);
      if (!(await claimPin(store, pin, claimedUntil))) return;
      const body = await bodyOf(pin);
      if (!body) return completePin(store, pin, { claimedUntil, shownDigest: pin.shownDigest });
      const shownDigest = digestOf(body);
      if (shownDigest === pin.shownDigest && pin.state === 'alive')
        return completePin(store, pin, { claimedUntil, shownDigest });
      try {
        await withTimeLimit(clock, signal, (limited) => editMessage(rest, pin.channelId, pin.messageId, body, limited));
      } catch (error) {
        return signal.aborted ? releasePin(store, pin) : fail(pin, error, { tried: shownDigest, claimedUntil });
      }
      if (pin.state === 'gone' && !(await isRevived(store, pin))) return;
      await completePin(store, pin, { claimedUntil, shownDigest, editedAt: new Date(clock.now()) });
    },
  };
}

/** Runs an edit with a signal that aborts after a timeout, or when the given one aborts. */
async function withTimeLimit<T>(
  clock: Clock,
  signal: AbortSignal,
  edit: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // An aborted signal tells new listeners nothing.
  signal.throwIfAborted();
  const limit = new AbortController();
  const abort = () => limit.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const cancelTimer = clock.after(EDIT_TIMEOUT_MS, () =>
    limit.abort(new Error(`the edit took longer than ${EDIT_TIMEOUT_MS} ms`)),
  );
  try {
    return await edit(limit.signal);
  } finally {
    cancelTimer();
    signal.removeEventListener('abort', abort);
  }
}

/** False if the topic was pinned again in that channel: that copy is the living one. */
async function isRevived(store: Store, pin: Pin): Promise<boolean> {
  try {
    await restorePin(store, pin);
    return true;
  } catch (error) {
    if (!(error instanceof AlreadyPinnedError)) throw error;
    await markPinGone(store, pin, 'message');
    return false;
  }
}
