// One history: the fake Discord, the processes of the bot, and the steps that are taken one after another.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayIntentBits } from 'discord.js';
import { type Channel, createFakeDiscord, type FakeDiscord } from 'fake-discord';
import { createRandom } from '../../bench/random.ts';
import { type SetupControl, setupId } from '../../commands/setup/ids.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { type Step, take } from './actions.ts';
import { Checks } from './checks.ts';
import { KnownValues } from './known.ts';
import { type Library, SHOWN_WITHIN_MS } from './library.ts';
import { CALM, Network } from './network.ts';
import { Replica, type Shared } from './replica.ts';
import type { VirtualTime } from './time.ts';
import { Told } from './told.ts';
import { addTowns, type Town, tryTo } from './town.ts';
import { Watch } from './watch.ts';

const INTENTS = GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages;
const REPLICAS = { first: 2, most: 3 } as const;
/** From Discord to the bot, in ms. */
const DELIVERY_MS = 40;
/** Questions have waited for a day then. */
const OVER_A_DAY_MS = 25 * 3_600_000;
/** Until deferred answers have their words, or have been given up, and until failed pins may be tried again. */
const SETTLE_MS = 240_000;
/** A new process looks at all pins and servers within a minute or so. */
const STARTED_MS = 90_000;
/** Pinned copies follow within 8 s of whatever changed them. */
const PINS_FOLLOW_MS = 8000;
/** Those of the fake Discord and of people have ended by then. */
const TIMERS_END_MS = 120_000;
/** Nobody does anything, in ms. */
const IDLE_MS = 40_000;

/** An interaction or a message. */
interface Received {
  readonly id: string;
  readonly guild_id?: string;
  readonly data?: { readonly name?: string };
  readonly content?: string;
}

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
  readonly told: Told;
  readonly #watch: Watch;
  readonly #checks: Checks;
  readonly #shared: Shared;
  readonly #replicas: Replica[] = [];
  readonly #random: () => number;
  readonly #home: string;
  #counted = 0;
  #skipMs = 0;
  /** Gets all events, where set. */
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
      queries: 0,
      freezeHolderMs: 0,
      version: 0,
      violated,
    };
    time.isQuerying = () => this.#shared.queries > 0;
    this.#watch = new Watch(this.discord, this.network, this.towns, violated);
    this.told = new Told(this.discord, this.#watch, violated);
    this.#checks = new Checks(this, this.#watch, violated);
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
        if (this.#skipMs > 0) for (let i = 0; i < REPLICAS.first; i++) this.startReplica();
        this.#skipMs = 0;
        if (this.violations.size > 0) return [...this.violations];
      }
      await this.#settle();
      await this.#checks.all();
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

  /** Lets each process in turn get all events. */
  async forEachReplica(act: (replica: Replica) => Promise<void>): Promise<void> {
    for (const replica of this.running) {
      this.#target = replica;
      await act(replica);
    }
    this.#target = undefined;
  }

  /** The number of the version that is published. */
  get version(): number {
    return this.#shared.version;
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

  /** @param by 1 for new content, -1 for what was published before */
  publish(by: 1 | -1): void {
    const { length } = this.library.versions;
    this.#shared.version = (this.#shared.version + by + length) % length;
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
        const { message } = panel;
        const before = message?.revision ?? 0;
        const shown = await tryTo(() => admin.choose(message, setupId(name), ids));
        // The panel was written again: what is chosen is saved. Otherwise a message says why not.
        return shown?.message === message && (message?.revision ?? 0) > before && !message?.content;
      });
  }

  /** How likely a query fails, 0 to 1. */
  set databaseFailing(share: number) {
    this.#shared.databaseFailing = share;
  }

  /** Lets the next process that gets a lock stand still, in ms. */
  freezeHolder(ms: number): void {
    this.#shared.freezeHolderMs = ms;
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
    const { t, d } = payload as { t: string; d: Received };
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
    const guildId = d.guild_id ?? '';
    const isQuestion = d.data?.name === 'ask' || (d.content ?? '').includes(`<@${this.discord.botUser.id}>`);
    if (isQuestion) this.#watch.asked(guildId);
    send(replica);
    if (this.#random() >= this.delivery.twice) return;
    send(replica);
    // While a process is replaced, both get the events of its servers.
    const other = running[(at + 1) % running.length];
    if (isInteraction || !other) return;
    if (isQuestion && other !== replica) this.#watch.asked(guildId);
    send(other);
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
    this.#shared.freezeHolderMs = 0;
    this.delivery = { lost: 0, twice: 0 };
    for (const town of this.towns)
      for (const channel of [town.general, town.helpers, ...town.channels])
        this.discord.setBotPermissions(channel, null);
    if (this.running.length === 0) this.startReplica();
    await this.time.advance(SETTLE_MS);
    // Before a new process looks at all of them. One that has failed may wait for its next try.
    const isLater = (time: string | null) => time !== null && Date.parse(time) > Date.now();
    await this.#checks.checkPins((pin) => isLater(pin.next_try_at));
    // A new process, to compare the others with.
    if (this.running.length === REPLICAS.most) this.running[0]?.kill();
    this.startReplica();
    await this.time.advance(STARTED_MS);
    // What was kept of the older content must not be shown after it.
    await this.#checks.openPages();
    this.publish(1);
    await this.time.advance(SHOWN_WITHIN_MS + PINS_FOLLOW_MS);
    // What was done by then is all: nothing is repeated for ever.
    const since = this.network.sent.length;
    await this.time.advance(IDLE_MS);
    for (const { by, method, path } of this.network.sent.slice(since))
      this.#shared.violated(`${by} sends ${method} ${path} though nothing happens`);
  }

  /** Every process stops in order, and has counted no post twice. */
  async #end(): Promise<void> {
    // Soon after work: what it has begun ends with the process.
    this.publish(1);
    await this.time.advance(SHOWN_WITHIN_MS + 500);
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
    await this.#checks.checkCounts(last);
    void last.stop();
    await this.time.advance(TIMERS_END_MS);
    const left = this.time.pending();
    if (left > 0) this.#shared.violated(`${left} timers are left of processes that have ended`);
  }
}
