// One process of the bot, in the simulation: it starts, stops, and can be killed between any two steps.
import { Writable } from 'node:stream';
import type { GatewayDispatchPayload } from 'discord.js';
import type { FakeDiscord } from 'fake-discord';
import { type App, createApp } from '../../src/app.ts';
import type { CancelTimer, Clock } from '../../src/clock.ts';
import { type Callbacks, openCallbacks } from '../../src/discord/callback.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { openRest } from '../../src/discord/rest.ts';
import { openLog } from '../../src/log.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type Library, SHOWN_WITHIN_MS, SimulatedFolder } from './library.ts';
import { type Network, never, type Sender } from './network.ts';

/** What all processes of a history share. */
export interface Shared {
  readonly discord: FakeDiscord;
  readonly network: Network;
  readonly library: Library;
  readonly databaseUrl: string;
  readonly random: () => number;
  /** When somebody took a lock away from who held it, by its name. */
  readonly stolenAt: Map<string, number>;
  /** How likely a query fails, 0 to 1. */
  databaseFailing: number;
  /** How many queries run. */
  queries: number;
  /** How long the next process that gets a lock stands still, in ms; 0 if it does not. */
  freezeHolderMs: number;
  /** The number of the version that is published. */
  version: number;
  /** Called with what must never be. */
  violated(what: string): void;
}

/** Who lost a lock notices that at its next renewal, in ms. */
const NOTICED_MS = 3000;
/** How many queries take time, 0 to 1, and how much at most, in ms. */
const SLOW_QUERIES = 0.2;
const QUERY_MS = 60;
const TRACE = process.env.SIMULATE_TRACE !== undefined;
/** The level of errors in pino: bugs, which nobody expects. */
const ERROR = 50;

/** A clock whose timers die with the process, and can be counted. */
interface ProcessClock extends Clock {
  readonly pending: () => number;
  /** Where each was set, if `SIMULATE_TRACE` is set. */
  readonly traces: () => string[];
  /** Holds all timers back for a time, in ms. */
  freeze(ms: number): void;
  readonly frozenUntil: () => number;
  kill(): void;
}

export class Replica implements Sender {
  readonly name: string;
  readonly startedAt = Date.now();
  /** Undefined while it runs. */
  endedAt: number | undefined;
  isAlive = true;
  isKilled = false;
  /** When it stood still. */
  readonly stoodStill: { readonly from: number; readonly to: number }[] = [];
  readonly app: App;
  /** Without the faults that the bot meets. */
  readonly store: Store;
  readonly #shared: Shared;
  readonly #clock: ProcessClock;
  readonly #folder: SimulatedFolder;
  readonly #callbacks: Callbacks;
  readonly #rest: ReturnType<typeof openRest>;
  readonly #dispatch: (payload: GatewayDispatchPayload) => void;
  #isStopping = false;

  constructor(name: string, shared: Shared) {
    const { discord, network, library, databaseUrl, version } = shared;
    const { apiUrl, token } = discord;
    this.name = name;
    this.#shared = shared;
    const clock = createProcessClock(shared.random);
    const log = openLog('info', new Writable({ write: (chunk, _, done) => done(this.#logged(String(chunk))) }));
    this.#clock = clock;
    this.store = openStore(databaseUrl, { log, clock });
    const onTokenRefused = () => shared.violated('the token was refused');
    this.#rest = openRest({ token, apiUrl, makeRequest: network.requestsOf(this), onTokenRefused });
    this.#callbacks = openCallbacks(apiUrl, { log, clock, dispatcher: network.dispatcherOf(this) });
    this.#folder = new SimulatedFolder(library, contentOf(library, version));
    const connection = { health: () => undefined };
    const [folder, store, rest] = [this.#folder, watched(this.store, this, shared), this.#rest];
    const app = createApp({ folder, store, rest, apiUrl, connection, log, clock });
    this.app = app;
    const dispatch = createDispatch(
      {
        onInteraction: (interaction, at) =>
          void app.respond(interaction, (answer) => this.#callbacks.send(interaction, answer, at), at),
        onMessage: (message, ownUserId) => void app.onMessage(message, ownUserId),
      },
      clock,
    );
    this.#dispatch = (payload) => dispatch(payload, discord.botUser.id);
    const onFatal = (error: Error) => shared.violated(`${name} gave up: ${error.message}`);
    void app.startJobs({ applicationId: discord.applicationId, guildId: undefined, onFatal });
  }

  /** Whether it takes new events. */
  get isListening(): boolean {
    return this.isAlive && !this.#isStopping;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#clock.pending();
  }

  /** The jobs that have work to do. */
  async waiting(): Promise<string[]> {
    const { text } = await this.app.metrics.show();
    return [...text.matchAll(/^guidepost_job_backlog\{name="(\w+)"\} [1-9].*$/gm)].map(([line]) => line);
  }

  receive(payload: unknown): void {
    if (!this.isListening) return;
    if (this.isFrozen) setTimeout(() => this.receive(payload), this.#clock.frozenUntil() - Date.now());
    else this.#dispatch(payload as GatewayDispatchPayload);
  }

  get isFrozen(): boolean {
    return Date.now() < this.#clock.frozenUntil();
  }

  /** Stands still for a time, in ms: nothing of its own happens, and what arrives waits. */
  freeze(ms: number): void {
    this.stoodStill.push({ from: Date.now(), to: Date.now() + ms });
    this.#clock.freeze(ms);
  }

  /** Resolves when it has run for a time without standing still, in ms. */
  async hasRun(ms: number): Promise<void> {
    for (let from = -1; this.isAlive && !(from >= 0 && this.stoodStill.every(({ to }) => to <= from)); ) {
      await this.thawed();
      from = Date.now();
      await new Promise((done) => setTimeout(done, ms));
    }
  }

  /** Resolves when it can go on. */
  async thawed(): Promise<void> {
    while (this.isAlive && this.isFrozen)
      await new Promise<void>((done) => setTimeout(done, this.#clock.frozenUntil() - Date.now()));
  }

  /** Finds the published content, as its next poll of the folder would. */
  pollContent(): void {
    const wait = this.#shared.random() * SHOWN_WITHIN_MS;
    setTimeout(() => {
      if (this.isAlive) this.#folder.replace(contentOf(this.#shared.library, this.#shared.version));
    }, wait);
  }

  /** Stops in order, as on SIGTERM. */
  async stop(): Promise<void> {
    if (!this.isListening) return;
    this.#isStopping = true;
    await this.app.close();
    await this.#callbacks.close();
    await this.store.close();
    const left = this.pending;
    // A request that takes too long is left behind, with its work.
    if (this.isAlive && left > 0 && this.#shared.network.isCalm)
      this.#shared.violated(`${this.name} left ${left} timers when it stopped ${this.#clock.traces().join('\n')}`);
    this.#end();
  }

  /** Ends it at once, as `kill -9` does. What it has not sent is never sent. */
  kill(): void {
    if (!this.isAlive) return;
    this.isKilled = true;
    this.#end();
    void this.store.close();
  }

  #end(): void {
    this.isAlive = false;
    this.endedAt = Date.now();
    this.#clock.kill();
    this.#rest.clearHandlerSweeper();
    this.#rest.clearHashSweeper();
  }

  #logged(line: string): undefined {
    if (!this.isAlive) return;
    const { level, msg, err } = JSON.parse(line);
    if (level >= ERROR) this.#shared.violated(`${this.name} logged an error: ${msg} ${JSON.stringify(err ?? {})}`);
  }
}

const contentOf = ({ versions }: Library, version: number) => {
  const content = versions[version % versions.length];
  if (!content) throw new Error(`no version ${version}`);
  return content;
};

function createProcessClock(random: () => number): ProcessClock {
  const timers = new Map<NodeJS.Timeout, string>();
  let isAlive = true;
  let frozenUntil = 0;
  const after = (ms: number, act: () => void): CancelTimer => {
    if (!isAlive) return () => undefined;
    let timer: NodeJS.Timeout;
    const set = (wait: number) => {
      timer = setTimeout(() => {
        timers.delete(timer);
        const frozen = frozenUntil - Date.now();
        if (frozen > 0) set(frozen);
        else act();
      }, wait);
      timers.set(timer, TRACE ? (new Error().stack ?? '') : '');
    };
    set(ms);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  };
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random,
    after,
    every(ms, act) {
      let cancel: CancelTimer;
      const again = () => {
        cancel = after(ms, again);
        act();
      };
      cancel = after(ms, again);
      return () => cancel();
    },
    sleep: (ms, { signal } = {}) =>
      new Promise((done, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = after(ms, () => {
          signal?.removeEventListener('abort', abort);
          done();
        });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    pending: () => timers.size,
    traces: () => [...timers.values()],
    freeze(ms) {
      frozenUntil = Date.now() + ms;
    },
    frozenUntil: () => frozenUntil,
    kill() {
      isAlive = false;
      for (const timer of timers.keys()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Who works under a lock. */
interface Holder {
  readonly by: Replica;
  readonly lost: AbortSignal;
}

/** Who works under each lock, by its name, in one history. */
const holders = new WeakMap<Shared, Map<string, Set<Holder>>>();

/** The store, which fails at times, and notices when two processes work under one lock. */
function watched(store: Store, by: Replica, shared: Shared): Store {
  const fails = () => shared.databaseFailing > 0 && shared.random() < shared.databaseFailing;
  /** On its way to a database server and back a query may take time, in which other things happen. */
  const pause = async () => {
    if (shared.random() < SLOW_QUERIES) await new Promise((done) => setTimeout(done, shared.random() * QUERY_MS));
    await by.thawed();
    if (!by.isAlive) await never();
  };
  const slowly = async <T>(query: () => Promise<T>): Promise<T> => {
    await pause();
    if (fails()) throw new StoreError('locked', 'the simulated database is busy');
    shared.queries += 1;
    const result = await query().finally(() => {
      shared.queries -= 1;
    });
    await pause();
    return result;
  };
  const held = holders.get(shared) ?? new Map();
  holders.set(shared, held);
  return {
    ...store,
    run: (work) => slowly(() => store.run(work)),
    transact: (work, options) => slowly(() => store.transact(work, options)),
    withLock: (name, work) =>
      store.withLock(name, async (lost) => {
        const holder = { by, lost };
        const others = held.get(name) ?? new Set();
        held.set(name, others);
        const stolenAt = shared.stolenAt.get(name) ?? Number.NEGATIVE_INFINITY;
        const isWorking = (one: Holder) => others.has(one) && one.by.isAlive && !one.lost.aborted;
        for (const other of others) {
          if (other.by === by || !isWorking(other)) continue;
          const violated = () => shared.violated(`${by.name} and ${other.by.name} both work under the lock ${name}`);
          const hasLost = other.by.isFrozen || Date.now() - stolenAt < NOTICED_MS;
          if (!hasLost) violated();
          // Who lost it has to notice.
          else
            void Promise.all([other.by.hasRun(NOTICED_MS), by.hasRun(NOTICED_MS)]).then(() => {
              if (isWorking(other) && isWorking(holder)) violated();
            });
        }
        others.add(holder);
        lost.addEventListener('abort', async () => {
          await by.hasRun(NOTICED_MS);
          if (others.has(holder) && by.isAlive) shared.violated(`${by.name} works on after it lost the lock ${name}`);
        });
        const { freezeHolderMs } = shared;
        shared.freezeHolderMs = 0;
        if (freezeHolderMs > 0) by.freeze(freezeHolderMs);
        try {
          return await work(lost);
        } finally {
          others.delete(holder);
        }
      }),
  };
}
