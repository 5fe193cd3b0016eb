// One history: the fake Discord, the processes of the bot, and the steps that are taken one after another.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayIntentBits } from 'discord.js';
import {
  buttonsOf,
  type Channel,
  createFakeDiscord,
  type FakeDiscord,
  type InteractionResult,
  type Message,
  type User,
} from 'fake-discord';
import { createRandom } from '../../bench/random.ts';
import { type SetupControl, setupId } from '../../commands/setup/ids.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import { isPageTopic } from '../../src/replies/topic-id.ts';
import type { PinRow } from '../../src/store/schema.ts';
import { type Step, take } from './actions.ts';
import { KnownValues } from './known.ts';
import { type Library, SHOWN_WITHIN_MS, versionMark } from './library.ts';
import { CALM, Network } from './network.ts';
import { Replica, type Shared } from './replica.ts';
import type { VirtualTime } from './time.ts';
import { addTowns, chosenIn, marksIn, type Town, textOf, tryTo } from './town.ts';
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
/** By then a calm Discord and a bot that has nothing else to do have answered. */
const WALK_MS = 500;
/** Nobody does anything, in ms. */
const IDLE_MS = 60_000;
/** Timers of a process that has nothing to do, beside those of a new one. */
const SPARE_TIMERS = 0;

export class History {
  readonly discord: FakeDiscord;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly library: Library;
  readonly towns: Town[];
  /** The replies of the servers, by title. */
  readonly replies = new KnownValues();
  /** What /setup has chosen, by menu. */
  readonly settings = new KnownValues();
  delivery = { lost: 0, twice: 0 };
  /** What was found, each once. */
  readonly violations = new Set<string>();
  readonly #watch: Watch;
  readonly #shared: Shared;
  readonly #replicas: Replica[] = [];
  readonly #random: () => number;
  readonly #home: string;
  /** The addresses of pinned messages that somebody was told of. */
  readonly #toldOfPins: string[] = [];
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
      databaseFailing: 0,
      version: 0,
      violated,
    };
    this.#watch = new Watch(this.discord, this.network, this.towns, violated);
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

  /** A server's administrator chooses in the menus of /setup. */
  async choose(town: Town, choices: readonly (readonly [SetupControl, readonly string[]])[]): Promise<void> {
    const admin = this.discord.person(town.admin, town.general);
    const panel = await tryTo(() => admin.slash('setup'));
    if (!panel?.message) return;
    for (const [name, ids] of choices)
      await this.settings.writing({ town, name }, ids.join(), async () => {
        const shown = await tryTo(() => admin.choose(panel.message, setupId(name), ids));
        return shown !== undefined && chosenIn(shown.message, setupId(name)) === ids.join();
      });
  }

  /** How likely a query fails, 0 to 1. */
  set databaseFailing(share: number) {
    this.#shared.databaseFailing = share;
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

  /**
   * Somebody may have been told that a message was posted.
   * @param sentence with `\0` in place of the message's address
   */
  toldOf(answer: InteractionResult | undefined, sentence: string, { isPin = false } = {}): void {
    const content = answer?.message?.content ?? '';
    const [beginning = '', end = ''] = sentence.split('\0');
    const url = content.slice(content.indexOf('https://')).split(/\s/)[0] ?? '';
    // A sentence about a channel has its number in the beginning.
    const told = content.replace(/<#\d+>/g, '<#>');
    if (!told.startsWith(beginning) || !told.endsWith(end) || !url) return;
    this.#watch.requireMessage(url);
    if (isPin) this.#toldOfPins.push(url);
  }

  /** Somebody was told that the plan is in their direct messages. */
  toldOfPlan(user: User): void {
    const messages = this.discord.messagesOf(this.discord.dmOf(user));
    if (!messages.some(({ embeds }) => embeds[0]?.title === en.plan.title))
      this.#shared.violated(`${user.name} was told that the plan is sent: it is not`);
  }

  requireOwnWords(text: string, { general }: Town): void {
    this.#watch.requireOwnWords(text, general);
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
    const all = this.towns.slice(0, -1).map((town) => {
      const { forum, role, helpers } = town;
      return this.choose(town, [
        ['forums', [forum.id]],
        ['roles', [role.id]],
        ['person', [helpers.id]],
      ]);
    });
    await Promise.all([this.time.advance(20_000), ...all]);
  }

  /** Faults stop. What people and the bot have begun comes to its end. */
  async #settle(): Promise<void> {
    this.network.weather = CALM;
    this.#shared.databaseFailing = 0;
    this.delivery = { lost: 0, twice: 0 };
    for (const town of this.towns)
      for (const channel of [town.general, town.helpers, ...town.channels])
        this.discord.setBotPermissions(channel, null);
    // A new process, to compare the others with.
    if (this.running.length === REPLICAS.most) this.running[0]?.kill();
    this.startReplica();
    await this.time.advance(SETTLE_MS);
    await this.#checkPins((pin) => pin.next_try_at !== null);
    // What was kept of the older content must not be shown after it.
    await this.#forEachReplica(() => this.#walk(() => undefined));
    this.publish();
    await this.time.advance(SHOWN_WITHIN_MS + PINS_FOLLOW_MS);
    // What was done by then is all: nothing is repeated for ever.
    const since = this.network.sent.length;
    await this.time.advance(IDLE_MS);
    for (const { by, method, path } of this.network.sent.slice(since))
      this.#shared.violated(`${by} sends ${method} ${path} though nothing happens`);
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
    for (const replica of this.running) {
      const waiting = await replica.waiting();
      if (waiting.length > 0) this.#shared.violated(`${replica.name} still has work: ${waiting.join(', ')}`);
    }
    await this.#checkPins(() => false);
    await this.#checkPinsAreKnown();
    await this.#checkRefusedPosts();
    const version = versionMark(this.#shared.version % this.library.versions.length);
    await this.#forEachReplica(async (replica) => {
      await this.#checkReplies(replica);
      await this.#checkSettings(replica);
      await this.#walk((message) => {
        const text = textOf(message);
        // A server may have a text of its own in its place.
        if (!text.includes(version) && marksIn(text).length === 0)
          this.#shared.violated(`${replica.name} shows a page without ${version}: ${text}`);
      });
    });
  }

  async #forEachReplica(act: (replica: Replica) => Promise<void>): Promise<void> {
    for (const replica of this.running) {
      this.#target = replica;
      await act(replica);
    }
    this.#target = undefined;
  }

  /** A member of each server opens the guide and goes on to the first page. */
  async #walk(check: (message: Message) => void): Promise<void> {
    for (const { members, general } of this.towns) {
      const member = this.discord.person(members[0] as User, general);
      const opened = tryTo(() => member.slash('bake'));
      await this.time.advance(WALK_MS);
      const first = (await opened)?.message;
      if (first) check(first);
      const pressed = first && tryTo(() => member.press(first, buttonsOf(first)[0]?.label ?? ''));
      await this.time.advance(WALK_MS);
      const second = (await pressed)?.message;
      if (second) check(second);
    }
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
      const removed = isPageTopic(topic) ? version : undefined;
      const expected = reply ? (reply.state === 'shown' ? reply.text.trim() : removed) : version;
      if (message && expected !== undefined && !textOf(message).includes(expected) && !mayWait(pin))
        this.#shared.violated(`the pinned ${topic} in ${channel.name} does not show ${expected}: ${textOf(message)}`);
    }
  }

  /** A pinned message that somebody was told of is kept up to date. */
  async #checkPinsAreKnown(): Promise<void> {
    const rows = await this.running[0]?.store.run((db) => db.selectFrom('pins').select('message_id').execute());
    const known = new Set(rows?.map((row) => row.message_id));
    for (const url of this.#toldOfPins) {
      const message = this.#watch.messageAt(url);
      if (message && !message.isDeleted && !known.has(message.id))
        this.#shared.violated(`told that ${url} is pinned and kept up to date: it is not known`);
    }
  }

  /** An answer in a forum that was removed stays away. */
  async #checkRefusedPosts(): Promise<void> {
    const rows = await this.running[0]?.store.run((db) =>
      db.selectFrom('posts').select('thread_id').where('state', '=', 'refused').execute(),
    );
    const refused = new Set(rows?.map((row) => row.thread_id));
    for (const thread of this.towns.flatMap((town) => this.threadsOf(town))) {
      const answers = this.#watch.answersIn(thread);
      if (refused.has(thread.id) && answers.length > 0)
        this.#shared.violated(`the answer in the post ${thread.name} was removed and is there`);
    }
  }

  /** The settings that a process has are those that were acknowledged. */
  async #checkSettings({ name }: Replica): Promise<void> {
    for (const { town, name: menu, possible } of this.settings.all()) {
      const asked = tryTo(() => this.discord.person(town.admin, town.general).slash('setup'));
      await this.time.advance(1500);
      const message = (await asked)?.message;
      const chosen = message && chosenIn(message, setupId(menu as SetupControl));
      // Nothing is chosen at first.
      if (typeof chosen !== 'string' || possible.has(chosen) || (chosen === '' && possible.has(undefined))) continue;
      this.#shared.violated(`${name} has "${chosen}" as ${menu}, not "${[...possible].join('" or "')}"`);
    }
  }

  /** What was acknowledged is what a process shows, and the same as another. */
  async #checkReplies(replica: Replica): Promise<void> {
    const rows = await replica.store.run((db) => db.selectFrom('revisions').selectAll().orderBy('number').execute());
    const nameOf = ({ topic, title }: { topic: string; title: string }) => (isPageTopic(topic) ? topic : title);
    const latest = new Map(rows.map((row) => [`${row.guild_id} ${nameOf(row)}`, row]));
    for (const { town, name: title, possible } of this.replies.all()) {
      const [member] = town.members;
      if (!member) continue;
      const asked = tryTo(() => this.discord.person(member, town.general).slash('faq', { topic: title }));
      await this.time.advance(500);
      const message = (await asked)?.message;
      if (!message) continue;
      const [embed] = message.embeds;
      // A title that is not there finds the one that is most like it.
      const isMeant = isPageTopic(title) || embed?.title === title;
      const [shown] = isMeant ? marksIn(embed?.description ?? '') : [];
      if (!possible.has(shown))
        this.#shared.violated(
          `${replica.name} shows ${shown} of the reply ${title}, not ${[...possible].join(' or ')}`,
        );
      const stored = latest.get(`${town.guild.id} ${title}`);
      const expected = stored?.state === 'shown' ? stored.text.trim() : undefined;
      if (shown !== expected)
        this.#shared.violated(`${replica.name} shows ${shown} of the reply ${title}, stored is ${expected}`);
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
