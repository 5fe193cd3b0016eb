// Living pins: pinned messages follow the guide and the servers' own words, whatever changed them and whenever.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import type { ReplyBook } from '../faq/book.ts';
import {
  AlreadyPinnedError,
  duePins,
  markGone,
  type Pin,
  pinsGone,
  pinsShowing,
  revive,
  setShown,
} from '../faq/pins.ts';
import { type Content, DEFAULT_LOCALE } from '../guide/model.ts';
import type { Store } from '../store/store.ts';
import type { MessageBody } from './answer.ts';
import { type Obstacle, obstacleOf } from './errors.ts';
import { createPace } from './pace.ts';
import { readingOf } from './reading.ts';
import { renderTopic } from './render.ts';
import { editMessage } from './requests.ts';

/** Discord allows a bot 50 requests a second in all; members' clicks come first. */
const PER_SECOND = 30;
const AT_ONCE = 4;
const AGAIN_MS = 15_000;
/** Another process is at it, or was killed at it: its lock then expires, and a pin is to follow within 8 seconds. */
const LOCKED_MS = 1000;
/** Pins that changed hands behind our back, such as by a bot that was removed and added again, are found at the latest then. */
const LOOK_EVERY_MS = 6 * 60 * 60 * 1000;
/** Reasons that another try may find mended. The others mean that there is nothing left to edit. */
const FINAL: readonly Obstacle[] = ['message', 'channel', 'access'];

export interface LivingPins {
  /** What a pin should show now; undefined where its topic is gone. @throws {StoreError} */
  bodyOf(pin: Pick<Pin, 'guildId' | 'topic'>): Promise<MessageBody | undefined>;
  /** This server's replies have changed: its pins come next. */
  follow(guildId: string): void;
  /** Anything may have changed: all pins are gone through. Work that was done is not repeated. */
  followAll(): void;
  /** How many pins are known not to show yet what they should. */
  readonly behind: number;
  /** Resolves once nothing is waiting to be refreshed. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Needs {
  readonly rest: REST;
  readonly store: Store;
  readonly book: ReplyBook;
  readonly log: Logger;
  content(): Content;
}

/** A digest of what a message shows. */
export function digestOf({ content, embeds, components }: MessageBody): string {
  return createHash('sha256')
    .update(JSON.stringify([content, embeds, components]))
    .digest('hex')
    .slice(0, 16);
}

/** Begins to follow; the first thing it does is to go through all pins. */
export function openLivingPins({ rest, store, book, log, content }: Needs): LivingPins {
  const pace = createPace(PER_SECOND);
  const guilds = new Set<string>();
  const behind = new Set<string>();
  let isAllDue = false;
  let working: Promise<void> | undefined;
  let isClosed = false;

  const bodyOf: LivingPins['bodyOf'] = async ({ guildId, topic }) => {
    const reading = readingOf(content(), DEFAULT_LOCALE, await book.repliesOf(guildId));
    const found = reading.topics.find(topic);
    return found && renderTopic(found, reading);
  };
  const digest = async (pin: Pin) => {
    const body = await bodyOf(pin);
    return body && digestOf(body);
  };

  const refresh = async (pin: Pin): Promise<void> => {
    const body = await bodyOf(pin);
    if (!body || isClosed) return;
    behind.add(pin.messageId);
    await pace();
    try {
      await editMessage(rest, pin.channelId, pin.messageId, body);
    } catch (error) {
      const obstacle = obstacleOf(error);
      log.info({ guild: pin.guildId, channel: pin.channelId, obstacle }, 'a pinned message could not be refreshed');
      if (!FINAL.includes(obstacle)) return later();
      behind.delete(pin.messageId);
      await markGone(store, pin, obstacle);
      return;
    }
    behind.delete(pin.messageId);
    if (pin.state === 'gone' && !(await isRevived(pin))) return;
    await setShown(store, pin, digestOf(body));
  };

  /** False where the topic has been pinned anew in that channel: that copy is the living one. */
  const isRevived = async (pin: Pin): Promise<boolean> => {
    try {
      await revive(store, pin);
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyPinnedError)) throw error;
      await markGone(store, pin, 'message');
      return false;
    }
  };

  const later = (ms = AGAIN_MS) => {
    setTimeout(() => pins.followAll(), ms).unref();
  };

  const refreshGuild = async (guildId: string) => {
    for (const pin of await pinsShowing(store, { guildId })) {
      const wanted = await digest(pin);
      if (wanted !== undefined && wanted !== pin.shownHash) await refresh(pin);
    }
  };

  /** One process at a time goes through all pins; what a moderator changed is not kept waiting behind it. */
  const refreshAll = async () => {
    const done = await store.withLock('living-pins', async (signal) => {
      const running = new Set<Promise<void>>();
      const failures: unknown[] = [];
      for await (const { pin } of duePins(store, digest)) {
        if (isClosed || signal.aborted || failures.length > 0) break;
        await takeGuilds();
        // Caught here: a failure while nobody waits for this one would end the process.
        const work = refresh(pin)
          .catch((error) => void failures.push(error))
          .finally(() => running.delete(work));
        running.add(work);
        if (running.size >= AT_ONCE) await Promise.race(running);
      }
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
      // Those that may never come back keep nobody waiting.
      for (const pin of await pinsGone(store, 'access')) {
        if (isClosed || signal.aborted) break;
        await takeGuilds();
        await refresh(pin);
      }
      return true;
    });
    if (!done) later(LOCKED_MS);
  };

  const takeGuilds = async () => {
    for (const guildId of guilds) {
      guilds.delete(guildId);
      await refreshGuild(guildId);
    }
  };

  const work = async () => {
    // What is asked for together, such as by an import, is done together.
    await sleep(50);
    while (!isClosed && (guilds.size > 0 || isAllDue)) {
      await takeGuilds();
      if (!isAllDue) continue;
      isAllDue = false;
      await refreshAll();
    }
  };
  const begin = () => {
    if (isClosed) return;
    working ??= work()
      .catch((error) => {
        log.warn({ err: error }, 'pinned messages could not be refreshed; they are tried again');
        later();
      })
      .finally(() => {
        working = undefined;
        if (guilds.size > 0 || isAllDue) begin();
      });
  };

  const stopListening = store.onChange((guildId) => (guildId === undefined ? pins.followAll() : pins.follow(guildId)));
  const timer = setInterval(() => pins.followAll(), LOOK_EVERY_MS);
  timer.unref();
  const pins: LivingPins = {
    bodyOf,
    get behind() {
      return behind.size;
    },
    follow(guildId) {
      guilds.add(guildId);
      begin();
    },
    followAll() {
      isAllDue = true;
      begin();
    },
    async idle() {
      while (working) await working;
    },
    async close() {
      isClosed = true;
      stopListening();
      clearInterval(timer);
      await working;
    },
  };
  pins.followAll();
  return pins;
}
