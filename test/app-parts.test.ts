// What the composed bot does besides answering: its background jobs, new content, health, and closing in order.
import { REST, type ResponseLike } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { definitionsFor } from '../commands/index.ts';
import { type App, createApp } from '../src/app.ts';
import type { ContentFolder } from '../src/content/folder.ts';
import type { Content } from '../src/guide/model.ts';
import { messagesFor } from '../src/i18n/index.ts';
import type { JobProblem } from '../src/jobs.ts';
import type { OperatorError } from '../src/operator-error.ts';
import { content, edition, start } from './discord/views/sample-views.ts';
import { commandInteraction, componentInteraction } from './interactions.ts';
import { noProgress } from './job-progress.ts';
import { countsIn, createStatementStore, type StatementStore } from './stats/statements.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const en = messagesFor('en');
/** What Discord answers to a request such as `GET /gateway`: JSON and a status, or nothing at all. */
type Answering = (request: string) => { status?: number; json: unknown } | 'nothing';

const NOON = Date.parse('2031-05-06T12:00:00Z');
const APPLICATION = '900000000000000009';
const never = new Promise<never>(() => undefined);

let clock: VirtualClock;
let db: StatementStore;
let requests: string[];
let answering: Answering;
let listeners: ((content: Content) => void)[];
let served: { content: Content; health: JobProblem | undefined; prepared: number };
let connection: JobProblem | undefined;
let fatal: OperatorError[];
let app: App;

beforeEach(() => {
  clock = createVirtualClock(NOON);
  db = createStatementStore(clock);
  requests = [];
  answering = () => ({ json: [] });
  listeners = [];
  served = { content, health: undefined, prepared: 0 };
  connection = undefined;
  fatal = [];
  const log = pino({ level: 'silent' });
  const folder: ContentFolder = {
    get current() {
      return served.content;
    },
    get search() {
      served.prepared += 1;
      // The search is never ready: training it would take longer than these tests.
      return { recognition: never, models: new Map([['en', never]]) };
    },
    isValid: true,
    onChange: (listener) => void listeners.push(listener),
    start: () => undefined,
    health: () => served.health,
    close: async () => undefined,
    ...noProgress('content'),
  };
  const rest = new REST({ api: 'http://discord.invalid/api', retries: 0, makeRequest: respond }).setToken('token');
  const gateway = { health: () => connection };
  app = createApp({ folder, store: db.store, rest, apiUrl: 'x', connection: gateway, log, clock });
});
afterEach(async () => {
  answering = () => ({ json: [] });
  const closing = app.close();
  await clock.advance(5000);
  await closing;
});

async function respond(url: string, { method }: { method?: string }): Promise<ResponseLike> {
  const request = `${method} ${url.replace(/^.*\/api\/v10/, '').replace(/\?.*$/, '')}`;
  requests.push(request);
  const answer = answering(request);
  if (answer === 'nothing') return never;
  const headers = { 'content-type': 'application/json' };
  // A `Response` of Node is what discord.js expects; only the declarations of its two libraries differ.
  return new Response(JSON.stringify(answer.json), {
    status: answer.status ?? 200,
    headers,
  }) as unknown as ResponseLike;
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise(setImmediate);
}
const startJobs = (guildId?: string) =>
  app.startJobs({ applicationId: APPLICATION, guildId, onFatal: (error) => void fatal.push(error) });
/** Lets the job of the pins end what it begins after a moment. */
async function pinsChecked(): Promise<void> {
  await clock.advance(500);
  await app.services.pins.idle();
}
const problems = () => app.problems().map(({ problem }) => problem);
/** Serves other content. */
function change(more: Partial<Content>): void {
  served.content = { ...content, version: 'new', ...more };
  for (const listener of listeners) listener(served.content);
}
/** The sample, whose guide has another command. */
const renamed = (command: string): Partial<Content> => {
  const guides = edition.guides.map((guide) => (guide.command ? { ...guide, command } : guide));
  return { editions: new Map([['en', { ...edition, guides }]]) };
};
const embedTitle = async (line: string) => {
  const { response } = await app.route(commandInteraction(line, {}, { guildId: null }));
  return 'data' in response && response.data && 'embeds' in response.data ? response.data.embeds?.[0]?.title : response;
};

describe('the bot', () => {
  it('names every background job in its metrics, also those that are not jobs of the list', async () => {
    const names = async () => {
      const { text } = await app.metrics.show();
      return [...text.matchAll(/^guidepost_job_\w+\{name="([\w-]+)"\}/gm)].map(([, name]) => name);
    };
    await startJobs();
    await clock.advance(100_000);
    await settled();
    expect([...new Set(await names())].sort()).toEqual([
      'changes',
      'content',
      'forum-answers',
      'membership',
      'pins',
      'registration',
      'reminders',
      'stats',
    ]);
  });

  it('answers commands and buttons before its jobs are started', async () => {
    expect(await embedTitle('help')).toBe(edition.subject.title);
    expect(await embedTitle('open-door')).toBe(start.title);
    const { response } = await app.route(componentInteraction('x9:unknown', { guildId: null }));
    expect(JSON.stringify(response)).toContain(en.help.lost);
    expect(requests).toEqual([]);
  });

  it('serves new content in answers, commands, registration and search', async () => {
    await startJobs();
    await settled();
    requests.length = 0;
    const { prepared } = served;
    change(renamed('close-door'));
    expect(await embedTitle('close-door')).toBe(start.title);
    const { response } = await app.route(commandInteraction('open-door'));
    expect(JSON.stringify(response)).toContain(en.error.noCommand);
    expect(app.services.contexts.content.version).toBe('new');
    expect(served.prepared).toBe(prepared + 1);
    await expect.poll(() => requests, { interval: 5 }).toContain(`PUT /applications/${APPLICATION}/commands`);
  });

  it('checks all pins after new content', async () => {
    await startJobs();
    await pinsChecked();
    const before = [...db.locks];
    change({});
    await pinsChecked();
    expect(db.locks).toEqual([...before, before[0]]);
  });

  describe('with commands that Discord lists with ids', () => {
    let lastId = 100;
    const helpId = () => String(lastId);
    /** Registers the commands again, with new ids. */
    const list = (served: Content) => {
      lastId += 1;
      answering = () => ({
        json: definitionsFor(served).map((one) => ({ ...one, id: one.name === 'help' ? helpId() : '7' })),
      });
    };
    const shown = async (guildId: string | null) => {
      const answers = await Promise.all(
        ['help', 'gone'].map((line) => app.route(commandInteraction(line, {}, { guildId }))),
      );
      return answers.map(({ response }) => JSON.stringify(response));
    };

    it('mentions them after they are registered, and by other ids after they are registered again', async () => {
      for (const text of await shown('1')) {
        expect(text).toContain('/help');
        expect(text).not.toContain('</');
      }
      list(content);
      await startJobs();
      for (const text of await shown('1')) expect(text).toContain(`</help:${helpId()}>`);
      list({ ...content, ...renamed('close-door') });
      change(renamed('close-door'));
      await settled();
      for (const text of [...(await shown('1')), ...(await shown(null))]) expect(text).toContain(`</help:${helpId()}>`);
      expect((await shown('1'))[0]).toContain('</close-door:7>');
    });

    it('mentions those of one server in this server only', async () => {
      list(content);
      await startJobs('1');
      for (const text of await shown('1')) expect(text).toContain(`</help:${helpId()}>`);
      for (const text of [...(await shown('2')), ...(await shown(null))]) expect(text).not.toContain('</');
    });
  });

  it('counts commands in its metrics by their own names, also new ones', async () => {
    const answer = async (line: string) => {
      await app.respond(commandInteraction(line, {}, { guildId: null }), () => true, clock.monotonic());
      return (await app.metrics.show()).text;
    };
    expect(await answer('help')).toContain('guidepost_answers_total{command="help",outcome="answered"} 1');
    expect(await answer('close-door')).toContain('command="other"');
    change(renamed('close-door'));
    expect(await answer('close-door')).toContain('guidepost_answers_total{command="close-door",outcome="answered"} 1');
  });

  it('shows content, problems and failed requests in its metrics', async () => {
    served.health = { status: 'degraded', problem: 'older content' };
    answering = () => ({ status: 403, json: { code: 50001, message: 'no' } });
    void startJobs();
    await settled();
    const { text } = await app.metrics.show();
    expect(text).toContain(`guidepost_content_info{version="${content.version}"} 1`);
    expect(text).toContain('guidepost_problem{problem="older content"} 1');
    expect(text).toContain('guidepost_rest_errors_total{status="403"} 1');
  });
});

describe('the jobs', () => {
  it('register the commands, and start the search after that', async () => {
    const { prepared } = served;
    const starting = startJobs();
    expect(served.prepared).toBe(prepared);
    await starting;
    const path = `/applications/${APPLICATION}/commands`;
    expect(requests).toEqual([`GET ${path}`, `PUT ${path}`]);
    expect(served.prepared).toBe(prepared + 1);
    expect(problems()).toEqual([]);
  });

  it('register the commands of one server only, if there is one', async () => {
    await startJobs('42');
    expect(requests.at(-1)).toBe(`PUT /applications/${APPLICATION}/guilds/42/commands`);
  });

  it('write nothing if the commands are registered already', async () => {
    answering = () => ({ json: definitionsFor(content) });
    await startJobs();
    expect(requests).toHaveLength(1);
  });

  it('let the bot start although the registration fails, and report that until a later try', async () => {
    answering = () => ({ status: 403, json: { code: 50001, message: 'no' } });
    await startJobs();
    expect(problems()).toEqual(['commands not registered']);
    answering = () => ({ json: [] });
    await clock.advance(2000);
    await settled();
    expect(problems()).toEqual([]);
    expect(fatal).toEqual([]);
  });

  it('report what only a person can change', async () => {
    answering = () => ({ status: 401, json: { code: 0, message: '401' } });
    await startJobs();
    expect(fatal).toEqual([expect.objectContaining({ name: 'TokenError' })]);
  });

  it('look for servers that the bot has left, a minute after the start', async () => {
    await startJobs();
    await clock.advance(59_000);
    await settled();
    expect(requests).not.toContain('GET /users/@me/guilds');
    await clock.advance(1000);
    await settled();
    expect(requests).toContain('GET /users/@me/guilds');
  });
});

describe('its problems', () => {
  it('are those of the connection, the content and the jobs', async () => {
    expect(problems()).toEqual([]);
    connection = { status: 'down', problem: 'no gateway connection' };
    served.health = { status: 'degraded', problem: 'older content' };
    expect(app.problems()).toEqual([connection, served.health]);
  });
});

describe('closing', () => {
  const closed = () => {
    const state = { isClosed: false, closing: Promise.resolve() };
    state.closing = app.close().then(() => {
      state.isClosed = true;
    });
    return state;
  };

  it('writes the counts, stops the jobs, and leaves no timer', async () => {
    await startJobs();
    await pinsChecked();
    await app.route(commandInteraction('open-door'));
    const { closing } = closed();
    await settled();
    await clock.advance(1000);
    await closing;
    expect(countsIn(db.transactions.flat())).toEqual([
      expect.objectContaining({ kind: 'seen', subject: start.name, day: '2031-05-06' }),
    ]);
    await settled();
    expect(clock.pending()).toBe(0);
    const before = requests.length;
    change(renamed('close-door'));
    await settled();
    expect(requests).toHaveLength(before);
  });

  it('waits until the counts are written', async () => {
    await startJobs();
    await pinsChecked();
    let write: () => void = () => undefined;
    db.gate = new Promise((resolve) => {
      write = resolve;
    });
    const answer = app.route(commandInteraction('open-door'));
    await settled();
    // That long it waits for the database, before a line about /setup.
    await clock.advance(250);
    await answer;
    const state = closed();
    await settled();
    expect(state.isClosed).toBe(false);
    write();
    await settled();
    expect(state.isClosed).toBe(true);
  });

  it('cancels jobs that do not end', async () => {
    answering = (request) => (request.startsWith('GET /users') ? 'nothing' : { json: [] });
    await startJobs();
    await pinsChecked();
    await clock.advance(60_000);
    const state = closed();
    await settled();
    await clock.advance(1000);
    await settled();
    expect(state.isClosed).toBe(true);
  });

  it('waits 2.2 seconds at most for first answers', async () => {
    void app.respond(commandInteraction('help', {}, { guildId: null }), () => never, 0);
    const state = closed();
    await settled();
    await clock.advance(2190);
    await settled();
    expect(state.isClosed).toBe(false);
    await clock.advance(10);
    await settled();
    expect(state.isClosed).toBe(true);
  });

  it('waits only as long as an answer takes', async () => {
    let deliver: (isDelivered: boolean) => void = () => undefined;
    const delivered = new Promise<boolean>((resolve) => {
      deliver = resolve;
    });
    void app.respond(commandInteraction('help', {}, { guildId: null }), () => delivered, 0);
    const state = closed();
    await settled();
    await clock.advance(100);
    expect(state.isClosed).toBe(false);
    deliver(true);
    await settled();
    await clock.advance(10);
    await settled();
    expect(state.isClosed).toBe(true);
  });

  it('gives up deferred work after that, and waits half a second at most to tell its users', async () => {
    answering = () => 'nothing';
    void app.respond(commandInteraction('faq-pin add', { topic: start.name }), () => true, 0);
    await settled();
    const state = closed();
    await settled();
    await clock.advance(2200);
    await settled();
    expect(requests.at(-1)).toMatch(/^PATCH \/webhooks\//);
    await clock.advance(499);
    await settled();
    expect(state.isClosed).toBe(false);
    await clock.advance(1);
    await settled();
    expect(state.isClosed).toBe(true);
  });

  it('waits a second at most for jobs', async () => {
    answering = () => 'nothing';
    void startJobs();
    await settled();
    const state = closed();
    await settled();
    await clock.advance(999);
    await settled();
    expect(state.isClosed).toBe(false);
    await clock.advance(1);
    await settled();
    expect(state.isClosed).toBe(true);
  });
});
