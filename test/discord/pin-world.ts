// A database with pins, and Discord's answers to their edits.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PinUpdaterOptions } from '../../src/discord/pin-updater.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { addPin, type Pin, pinsOf } from '../../src/pins/repository.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import type { PinRow } from '../../src/store/schema.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { content, front, type LogLine, recordingLog } from './parts.ts';
import { type Respond, type RestStub, settle, stubRest } from './rest-stub.ts';

export const START = Date.UTC(2026, 10, 26);
export const GUILD = '7';

export class PinWorld {
  readonly folder: string;
  readonly clock: VirtualClock = createVirtualClock(START);
  readonly store: Store;
  readonly replyCache: ReplyCache;
  readonly contexts: ContextSource;
  readonly discord: RestStub;
  readonly logged: LogLine[];
  readonly options: PinUpdaterOptions;
  /** How Discord answers; each edit succeeds by default. */
  respond: Respond = () => undefined;
  #ids = 0;

  constructor(folder: string) {
    const { log, lines } = recordingLog();
    const { clock } = this;
    this.folder = folder;
    this.logged = lines;
    this.store = openStore(`file:${join(folder, 'pins.db')}`, { log, clock });
    this.replyCache = new ReplyCache(this.store, { log });
    const settingsCache = new SettingsCache(this.store, { log });
    this.contexts = new ContextSource(content, { replyCache: this.replyCache, settingsCache, log, clock });
    this.discord = stubRest((request) => this.respond(request));
    const { store, replyCache, contexts } = this;
    this.options = { rest: this.discord.rest, store, replyCache, settingsCache, contexts, log, clock };
  }

  static async open(): Promise<PinWorld> {
    return new PinWorld(await mkdtemp(join(tmpdir(), 'guidepost-pins-')));
  }

  /** Removes all pins and requests of the test before. */
  async clear(): Promise<void> {
    await this.store.run((db) => db.deleteFrom('pins').execute());
    this.discord.requests.length = 0;
    this.logged.length = 0;
    this.respond = () => undefined;
  }

  async close(): Promise<void> {
    this.replyCache.close();
    await this.store.close();
    await rm(this.folder, { recursive: true });
  }

  /** A saved pin that shows something else than its page. @param row other values of its row */
  async pin(row: Partial<PinRow> = {}): Promise<Pin> {
    const number = String(++this.#ids).padStart(6, '0');
    const [guildId, channelId, messageId] = [row.guild_id ?? GUILD, `10${number}`, `20${number}`];
    const topic = row.topic ?? front.name;
    await addPin(this.store, { guildId, channelId, messageId, topic, shownDigest: 'old', pinnedBy: '1' });
    if (Object.keys(row).length > 0) {
      await this.store.run((db) =>
        db.updateTable('pins').set(row).where('message_id', '=', messageId).executeTakeFirst(),
      );
    }
    return this.stored(messageId, guildId);
  }

  /** A saved pin in the queue. */
  queued(row: Partial<PinRow> = {}): Promise<Pin> {
    return this.pin({ next_try_at: new Date(START - 1000).toISOString(), ...row });
  }

  async stored(messageId: string, guildId = GUILD): Promise<Pin> {
    const pin = (await pinsOf(this.store, guildId)).find((one) => one.messageId === messageId);
    if (!pin) throw new Error('there is no such pin');
    return pin;
  }

  /** The ids of the messages that Discord was asked to edit, in order. */
  edited(): string[] {
    return this.discord.requests
      .filter(({ method }) => method === 'PATCH')
      .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  }

  /** Moves the clock in small steps, so that work between two timers goes on as it would. */
  async advance(ms: number, stepMs = ms): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      await settle();
      await this.clock.advance(Math.min(stepMs, left));
    }
    await settle();
  }

  /** Moves the clock until something holds. */
  async until(holds: () => boolean | Promise<boolean>, stepMs = 50): Promise<void> {
    for (let i = 0; i < 500; i++) {
      await settle();
      if (await holds()) return;
      await this.clock.advance(stepMs);
    }
    throw new Error('it never holds');
  }
}
