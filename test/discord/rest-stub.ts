// A discord.js REST client whose requests are answered by a function instead of a network.
import { REST } from 'discord.js';
import { untilAborted } from '../../src/jobs.ts';

export interface StubRequest {
  readonly method: string;
  /** With the query, without the API's address and version. */
  readonly path: string;
  /** The JSON of the body. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StubResponse {
  /** 200 by default. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request; an error that it throws is a lost connection. Without a response it is 200 with `{}`. */
export type Respond = (request: StubRequest) => StubResponse | undefined | Promise<StubResponse | undefined>;

export interface RestStub {
  readonly rest: REST;
  /** All requests until now. */
  readonly requests: StubRequest[];
  /** All requests until now, such as `GET /gateway/bot`. */
  lines(): string[];
}

export function stubRest(respond: Respond = () => undefined): RestStub {
  const requests: StubRequest[] = [];
  const rest = new REST({
    version: '10',
    api: 'http://discord.test/api',
    retries: 0,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    async makeRequest(url, { method = '', headers, body, signal }) {
      // As with a network, an aborted request is not sent.
      signal?.throwIfAborted();
      const request = {
        method,
        path: url.replace('http://discord.test/api/v10', ''),
        body: typeof body === 'string' ? JSON.parse(body) : body,
        headers: Object.fromEntries(new Headers(headers)),
      };
      requests.push(request);
      const answered = Promise.resolve(respond(request));
      // discord.js gives its own signal, which aborts with the caller's.
      const given = await (signal ? Promise.race([answered, untilAborted(signal)]) : answered);
      const { status = 200, body: answer = {}, headers: more = {} } = given ?? {};
      return status === 204 ? new Response(null, { status }) : Response.json(answer, { status, headers: more });
    },
  }).setToken('token');
  return { rest, requests, lines: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

/** A refusal by Discord. @param code the one in Discord's JSON */
export function refusal(status: number, code = 0): StubResponse {
  return { status, body: { code, message: 'refused' } };
}

/** Resolves once everything has run that waits for no timer and no network. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
}

/** A promise to be resolved from outside. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Answers some requests only once its gate is open. Add it to `stubRest`, with other answers in `respond`. */
export function holding(
  isHeld: (request: StubRequest) => boolean,
  respond: Respond = () => undefined,
): { readonly respond: Respond; open(): void } {
  const gate = createGate();
  return {
    async respond(request) {
      if (isHeld(request)) await gate.opened;
      return respond(request);
    },
    open: () => gate.open(),
  };
}
