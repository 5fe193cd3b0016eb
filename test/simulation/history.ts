// One history: the fake Discord, the processes of the bot, and the steps that are taken one after another.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayIntentBits } from 'discord.js';
import { type Channel, createFakeDiscord, type FakeDiscord } from 'fake-discord';
import { createRandom } from '../../bench/random.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import type { PinRow } from '../../src/store/schema.ts';
import { type Step, take } from './actions.ts';
import { type Library, SHOWN_WITHIN_MS, versionMark } from './library.ts';
import { CALM, Network } from './network.ts';
import { Replica, type Shared } from './replica.ts';
import { KnownReplies } from './replies.ts';
import { setUpPanel } from './set-up.ts';
import type { VirtualTime } from './time.ts';
import { addTowns, beginningOf, type Town, textOf, tryTo } from './town.ts';
import { Watch } from './watch.ts';

const INTENTS = GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages;
const REPLICAS = { first: 2, most: 3 } as const;
/** From Discord to the bot, in ms. */
const DELIVERY_MS = 40;
/** Questions have waited for a day then. */
const OVER_A_DAY_MS = 25 * 3_600_000;
/** Until deferred answers have their words, or have been given up, and until failed pins may be tried again. */
const SETTLE_MS = 240_000;
/** Pinned copies follow within 8 s of whatever changed them. */
const PINS_FOLLOW_MS = 8000;
/** Timers of a process that has nothing to do, beside those of a new one. */
const SPARE_TIMERS = 2;

export class History {
  readonly discord: FakeDiscord;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly library: Library;
  readonly towns: Town[];
  readonly replies: KnownReplies;
  delivery = { lost: 0, twice: 0 };
  /** What was found, each once. */
  readonly violations = new Set<string>();
  readonly #watch: Watch;
  readonly #shared: Shared;
  readonly #replicas: Replica[] = [];
  readonly #random: () => number;
  readonly #home: string;
  #counted = 0;
  #skipMs = 0;
  /** Gets all interactions, where set. */
  #target: Replica | undefined;

  constructor(seed: number, library: Library, time: VirtualTime) {
    this.#random = createRandom(seed);
    this.time = time;
    this.library = library;
    this.discord = createFakeDiscord({ botName: 'Guidepost', botPermissions: INVITE_PERMISSIONS });
    this.network = new Network(this.discord, time, this.#random);
    time.isBusy = () => this.network.isBusy;
    this.towns = addTowns(this.discord);
    // In memory where there is such a folder: the disk's time is not what is tried here.
    this.#home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guidepost-simulation-'));
    const violated = (what: string) => void this.violations.add(what);
    this.#shared = {
      discord: this.discord,
      network: this.network,
      library,
      databaseUrl: `file:${join(this.#home, 'guidepost.db')}`,
      random: this.#random,
      stolenAt: new Map(),
      version: 0,
      violated,
    };
    this.#watch = new Watch(this.discord, this.network, this.towns, violated);
    const saved = [en.edit.saved, en.edit.removed].map(beginningOf);
    this.replies = new KnownReplies({ isSaved: (words) => saved.some((beginning) => words.startsWith(beginning)) });
    this.discord.attach(INTENTS, (payload) => this.#deliver(payload));
  }

  /** @returns what was violated; empty if all is well */
  async run(steps: readonly Step[]): Promise<readonly string[]> {
    try {
      for (let i = 0; i < REPLICAS.first; i++) this.startReplica();
      await this.time.advance(1000);
      await this.#setUp();
      for (const step of steps) {
        take(this, step);
        await this.time.advance(step.waitMs + this.#skipMs);
        if (this.#skipMs > 0) this.startReplica();
        this.#skipMs = 0;
        if (this.violations.size > 0) return [...this.violations];
      }
      await this.#settle();
      await this.#check();
      await this.#end();
      return [...this.violations];
    } finally {
      for (const replica of this.#replicas) replica.kill();
      await this.discord.stop();
      rmSync(this.#home, { recursive: true, force: true });
    }
  }

  // ---- what steps use

  get running(): Replica[] {
    return this.#replicas.filter(({ isListening }) => isListening);
  }

  count(): number {
    return this.#counted++;
  }

  /** A step that goes on while others are taken. */
  doing(work: Promise<unknown>): void {
    work.catch((error) => this.failed('a step failed', error));
  }

  /** An error that nobody expects. */
  failed(what: string, error: unknown): void {
    this.#shared.violated(`${what}: ${error instanceof Error ? error.stack : error}`);
  }

  threadsOf({ forum, guild }: Town): Channel[] {
    return guild.channels.filter(({ parent }) => parent === forum);
  }

  startReplica(): void {
    if (this.running.length < REPLICAS.most)
      this.#replicas.push(new Replica(`bot ${this.#replicas.length}`, this.#shared));
  }

  publish(): void {
    this.#shared.version += 1;
    for (const replica of this.running) replica.pollContent();
  }

  /** Nothing runs for a day. */
  skipDay(): void {
    this.#skipMs = OVER_A_DAY_MS;
  }

  /** Takes all locks away from those who hold them. */
  async stealLocks(): Promise<void> {
    const [replica] = this.running;
    const locks = await replica?.store.run((db) => db.selectFrom('locks').selectAll().execute()).catch(() => []);
    for (const { name } of locks ?? []) this.#shared.stolenAt.set(name, Date.now());
    await replica?.store.run((db) => db.deleteFrom('locks').execute()).catch(() => undefined);
  }

  /** Somebody was told that this was posted. */
  posted(channel: Channel, mark: string): void {
    this.#watch.requirePosted(channel, mark);
  }

  answering(mark: string): void {
    this.#watch.answers.add(mark);
  }

  /** All requests of the bot, a line each. */
  requests(): string[] {
    const [first] = this.network.sent;
    return this.network.sent.map(({ at, by, method, path, fate, status }) => {
      const seconds = ((at - (first?.at ?? 0)) / 1000).toFixed(3).padStart(9);
      return `${seconds} s  ${by}  ${method} ${path.replace(/[A-Za-z0-9_-]{60,}/, '…')}  ${fate} ${status ?? ''}`;
    });
  }

  // ---- events

  #deliver(payload: unknown): void {
    const { t, d } = payload as { t: string; d: { id: string; guild_id?: string } };
    if (this.#random() < this.delivery.lost) return;
    const running = this.running;
    const isInteraction = t === 'INTERACTION_CREATE';
    // Over HTTP any process gets an interaction; over the gateway one process has all events of a server.
    const town = this.towns.findIndex(({ guild }) => guild.id === d.guild_id);
    const at = isInteraction ? Math.floor(this.#random() * running.length) : (town + 1) % Math.max(running.length, 1);
    const replica = this.#target ?? running[at];
    if (!replica) return;
    if (isInteraction) this.#watch.delivered(d, replica);
    const send = (to: Replica) => setTimeout(() => to.receive(payload), this.#random() * DELIVERY_MS);
    send(replica);
    if (this.#random() >= this.delivery.twice) return;
    send(replica);
    // While a process is replaced, both get the events of its servers.
    const other = running[(at + 1) % running.length];
    if (!isInteraction && other) send(other);
  }

  // ---- before and after the steps

  async #setUp(): Promise<void> {
    const all = this.towns.map((town) => setUpPanel(this.discord.person(town.admin, town.general), town));
    await Promise.all([this.time.advance(20_000), ...all]);
  }

  /** Faults stop. What people and the bot have begun comes to its end. */
  async #settle(): Promise<void> {
    this.network.weather = CALM;
    this.delivery = { lost: 0, twice: 0 };
    for (const town of this.towns)
      for (const channel of [town.general, town.helpers, ...town.channels])
        this.discord.setBotPermissions(channel, null);
    // A new process, to compare the others with.
    if (this.running.length === REPLICAS.most) this.running[0]?.kill();
    this.startReplica();
    await this.time.advance(SETTLE_MS);
    await this.#checkPins((pin) => pin.next_try_at !== null);
    this.publish();
    await this.time.advance(SHOWN_WITHIN_MS + PINS_FOLLOW_MS);
  }

  async #check(): Promise<void> {
    this.#watch.checkInteractions();
    const fresh = this.running.at(-1);
    for (const replica of this.running) {
      for (const { problem } of replica.app.problems())
        this.#shared.violated(`${replica.name} has a problem: ${problem}`);
      if (replica.pending > (fresh?.pending ?? 0) + SPARE_TIMERS)
        this.#shared.violated(`${replica.name} has ${replica.pending} timers, a new process ${fresh?.pending}`);
    }
    await this.#checkPins(() => false);
    for (const replica of this.running) await this.#checkReplies(replica);
    this.#target = undefined;
  }

  /** Pinned copies show what they should. @param mayWait whether a copy that is behind is still to be edited */
  async #checkPins(mayWait: (pin: PinRow) => boolean): Promise<void> {
    const store = this.running[0]?.store;
    if (!store) return;
    const pins = await store.run((db) => db.selectFrom('pins').selectAll().where('state', '=', 'alive').execute());
    const revisions = await store.run((db) => db.selectFrom('revisions').selectAll().orderBy('number').execute());
    const latest = new Map(revisions.map((row) => [`${row.guild_id} ${row.topic}`, row]));
    const version = versionMark(this.#shared.version % this.library.versions.length);
    for (const pin of pins) {
      const { guild_id: guildId, channel_id: channelId, message_id: id, topic } = pin;
      const channel = this.towns
        .find(({ guild }) => guild.id === guildId)
        ?.guild.channels.find((one) => one.id === channelId);
      const message = channel && this.discord.messagesOf(channel).find((one) => one.id === id);
      const reply = latest.get(`${guildId} ${topic}`);
      // The copies of a reply that was removed stay as they are.
      const expected = reply ? (reply.state === 'shown' ? reply.text.trim() : undefined) : version;
      if (message && expected !== undefined && !textOf(message).includes(expected) && !mayWait(pin))
        this.#shared.violated(`the pinned ${topic} in ${channel.name} does not show ${expected}: ${textOf(message)}`);
    }
  }

  /** What was acknowledged is what a process shows. */
  async #checkReplies(replica: Replica): Promise<void> {
    this.#target = replica;
    for (const { town, title, possible } of this.replies.all()) {
      const [member] = town.members;
      if (!member) continue;
      const asked = tryTo(() => this.discord.person(member, town.general).slash('faq', { topic: title }));
      await this.time.advance(500);
      const message = (await asked)?.message;
      if (!message) continue;
      const [embed] = message.embeds;
      // A title that is not there finds the one that is most like it.
      const shown = embed?.title === title ? embed.description?.trim() : undefined;
      if (!possible.has(shown))
        this.#shared.violated(
          `${replica.name} shows ${shown} of the reply ${title}, not ${[...possible].join(' or ')}`,
        );
    }
  }

  /** Every process stops in order, and has counted no post twice. */
  async #end(): Promise<void> {
    let isOver = false;
    const stopping = Promise.all(this.running.map((replica) => replica.stop())).then(() => {
      isOver = true;
    });
    await this.time.advance(6000);
    if (!isOver) return this.#shared.violated('a process did not stop within 6 s');
    await stopping;
    const last = new Replica('the last', this.#shared);
    this.#replicas.push(last);
    await this.time.advance(1000);
    const read = last.store.run((db) =>
      db
        .selectFrom('counts')
        .select(['guild_id', 'n'])
        .where('kind', '=', 'post')
        .where('subject', '=', 'seen')
        .execute(),
    );
    for (const { guild } of this.towns) {
      const counted = (await read).reduce((sum, row) => sum + (row.guild_id === guild.id ? row.n : 0), 0);
      const posts = this.#watch.posts.get(guild.id) ?? 0;
      if (counted > posts) this.#shared.violated(`${counted} posts are counted in ${guild.name}, which has ${posts}`);
    }
  }
}
