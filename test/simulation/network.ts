// The network between the bot and the fake Discord, with the faults that the seed draws.
import type { RESTOptions } from 'discord.js';
import type { FakeDiscord } from 'fake-discord';
import type { Dispatcher } from 'undici';
import type { VirtualTime } from './time.ts';

/** How likely each fault is, 0 to 1. What is left arrives and is answered. */
export interface Weather {
  /** The connection breaks before the request arrives. */
  readonly lost: number;
  /** It breaks after the request took effect. */
  readonly broken: number;
  /** Discord answers 500 to 503, without an effect. */
  readonly failing: number;
  /** Discord answers 429. */
  readonly limited: number;
  /** The answer takes 2 to 12 seconds. */
  readonly slow: number;
}

export const CALM: Weather = { lost: 0, broken: 0, failing: 0, limited: 0, slow: 0 };
export const STORMS: readonly Weather[] = [
  { ...CALM, lost: 0.3 },
  { ...CALM, broken: 0.3 },
  { ...CALM, failing: 0.4 },
  { ...CALM, limited: 0.3 },
  { ...CALM, slow: 0.3 },
  // Most requests fail, and so do most of their repetitions.
  { ...CALM, lost: 0.8 },
  { ...CALM, failing: 0.8 },
  { lost: 0.1, broken: 0.1, failing: 0.1, limited: 0.1, slow: 0.1 },
];

type Fate = keyof Weather | 'fine';

/** A request, and what became of it. */
export interface Sent {
  readonly by: string;
  readonly method: string;
  /** Below `/api/v10`. */
  readonly path: string;
  readonly at: number;
  readonly fate: Fate;
  /** Undefined until it is answered, or if it never is. */
  status: number | undefined;
}

/** Who sends: a process of the bot, which may be killed. */
export interface Sender {
  readonly name: string;
  readonly isAlive: boolean;
  /** Resolves when it can go on: at once, unless it stands still. */
  thawed(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LATENCY_MS = { least: 3, most: 60 } as const;
/** By then a request that was hit has had its tries. */
const CALM_MS = 30_000;
const SLOW_MS = { least: 2000, most: 12_000 } as const;

export class Network {
  weather: Weather = CALM;
  readonly sent: Sent[] = [];
  readonly #discord: FakeDiscord;
  readonly #time: VirtualTime;
  readonly #random: () => number;
  #open = 0;

  constructor(discord: FakeDiscord, time: VirtualTime, random: () => number) {
    this.#discord = discord;
    this.#time = time;
    this.#random = random;
  }

  /** Whether no request of the last half minute was hit by a fault. */
  get isCalm(): boolean {
    const since = Date.now() - CALM_MS;
    return !this.sent.some(({ fate, at }) => fate !== 'fine' && at > since);
  }

  /** Whether no request within half a minute of a time was hit by a fault. */
  wasCalm(at: number): boolean {
    return !this.sent.some((one) => one.fate !== 'fine' && Math.abs(one.at - at) < CALM_MS);
  }

  /** Whether the fake Discord is working on a request. */
  get isBusy(): boolean {
    return this.#open > 0;
  }

  /** What discord.js sends its requests with. */
  requestsOf(sender: Sender): RESTOptions['makeRequest'] {
    return async (url, { method = 'GET', headers, body, signal }) => {
      // What discord.js passes on is what fetch takes, whichever copy of undici has made it.
      const init = { method, headers, body: body ?? null } as RequestInit;
      const aborted = new Promise<never>((_, reject) => {
        const abort = () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort);
      });
      aborted.catch(() => undefined);
      // A process that stands still sends nothing, and a limit of its own may end the request when it goes on.
      await sender.thawed();
      const sent = signal?.aborted ? aborted : this.#send(sender, url, init);
      const { status, headers: received, bytes } = await Promise.race([sent, aborted]);
      return new Response(status === 204 ? null : bytes, { status, headers: received });
    };
  }

  /** What first answers are sent with. */
  dispatcherOf(sender: Sender): Pick<Dispatcher, 'dispatch' | 'close'> {
    const dispatch: Dispatcher['dispatch'] = ({ origin, path, method, headers, body, headersTimeout }, handler) => {
      const init = { method, headers: headers as Record<string, string>, body: String(body) };
      const sent = sender.thawed().then(() => this.#send(sender, `${origin}${path}`, init));
      const timeout = this.#time.sleep(headersTimeout ?? SLOW_MS.most).then(() => {
        throw new Error('Headers Timeout Error');
      });
      Promise.race([sent, timeout]).then(
        ({ status, bytes }) => {
          handler.onHeaders?.(status, [], () => undefined, '');
          handler.onData?.(Buffer.from(bytes));
          handler.onComplete?.([]);
        },
        (error: Error) => handler.onError?.(error),
      );
      for (const each of [sent, timeout]) each.catch(() => undefined);
      return true;
    };
    // Overloaded: one form takes a callback, which nobody uses here.
    return { dispatch, close: (async () => undefined) as Dispatcher['close'] };
  }

  async #send(sender: Sender, url: string, init: RequestInit): Promise<Reply> {
    if (!sender.isAlive) return never();
    const request = new Request(url, init);
    const fate = this.#draw();
    const sent: Sent = {
      by: sender.name,
      method: request.method,
      path: new URL(url).pathname.replace('/api/v10', ''),
      at: Date.now(),
      fate,
      status: undefined,
    };
    this.sent.push(sent);
    await this.#time.sleep(this.#between(LATENCY_MS));
    if (fate === 'lost') throw connectionLost();
    const reply = this.#faultOf(fate) ?? (await this.#answer(request));
    await this.#time.sleep(this.#between(fate === 'slow' ? SLOW_MS : LATENCY_MS));
    await sender.thawed();
    if (!sender.isAlive) return never();
    if (fate === 'broken') throw connectionLost();
    sent.status = reply.status;
    return reply;
  }

  async #answer(request: Request): Promise<Reply> {
    this.#open += 1;
    try {
      const response = await this.#discord.fetch(request);
      return {
        status: response.status,
        headers: response.headers,
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    } finally {
      this.#open -= 1;
    }
  }

  #draw(): Fate {
    let rest = this.#random();
    for (const fate of ['lost', 'broken', 'failing', 'limited', 'slow'] as const) {
      rest -= this.weather[fate];
      if (rest < 0) return fate;
    }
    return 'fine';
  }

  #faultOf(fate: Fate): Reply | undefined {
    const json = { 'content-type': 'application/json' };
    if (fate === 'failing') {
      const status = 500 + Math.floor(this.#random() * 4);
      return { status, headers: new Headers(json), bytes: bytesOf({ message: 'Internal Server Error', code: 0 }) };
    }
    if (fate !== 'limited') return undefined;
    const seconds = Math.round((0.2 + 2 * this.#random()) * 1000) / 1000;
    const headers = new Headers({ ...json, 'retry-after': String(seconds), 'x-ratelimit-scope': 'shared' });
    return { status: 429, headers, bytes: bytesOf({ message: 'Limited', retry_after: seconds, global: false }) };
  }

  #between({ least, most }: { readonly least: number; readonly most: number }): number {
    return Math.round(least + (most - least) * this.#random());
  }
}

const bytesOf = (body: object) => new TextEncoder().encode(JSON.stringify(body));
const connectionLost = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
/** A process that was killed gets no answer. */
export const never = () => new Promise<never>(() => undefined);
