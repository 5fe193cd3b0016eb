// The services of the commands on a real store, with the sample content; and what a command's answer shows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawFile, REST } from 'discord.js';
import { type APIInteractionResponseCallbackData, ComponentType, InteractionResponseType } from 'discord-api-types/v10';
import { FakeDiscord } from 'fake-discord';
import { startServer } from 'fake-discord/parts';
import { pino } from 'pino';
import { expect } from 'vitest';
import type { CommandServices } from '../../commands/index.ts';
import type { Answer } from '../../src/discord/answer.ts';
import type { LivingPins } from '../../src/discord/living-pins.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';
import { createPinUpdater } from '../../src/discord/pin-updater.ts';
import { ContextSource, createContext } from '../../src/discord/render-context.ts';
import type { Content } from '../../src/guide/model.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import type { Draft } from '../../src/replies/draft.ts';
import { importReplies } from '../../src/replies/import.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { addReply, changeReply } from '../../src/replies/repository.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { createQueue } from '../../src/slices.ts';
import type { StatsRecorder } from '../../src/stats/recorder.ts';
import { openStore } from '../../src/store/store.ts';
import { load } from '../guide/sample.ts';
import { USER_ID } from '../interactions.ts';
import { noProgress } from '../job-progress.ts';
import { newId } from '../new-id.ts';
import { createVirtualClock } from '../virtual-clock.ts';

/** The pages of the sample. */
export const START = 'open-door#start';
export const FRONT = 'open-door#front';
export const REAR = 'other#rear';
export const NOW = Date.UTC(2026, 10, 24, 12);

export function contentOf(changes?: Parameters<typeof load>[0]): Content {
  const { content, findings } = load(changes);
  return content ?? expect.fail(`${findings.length} findings, the first: ${findings[0]?.message}`);
}

const sample = contentOf();

export type CommandWorld = ReturnType<typeof openCommandWorld>;

/** Opens the services. Statistics and living pins only record what they are asked for. */
export function openCommandWorld({ rest = new REST(), apiUrl = 'http://127.0.0.1:9/api', content = sample } = {}) {
  const logged: { msg: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const clock = createVirtualClock(NOW);
  const home = mkdtempSync(join(tmpdir(), 'guidepost-commands-'));
  const store = openStore(`file:${join(home, 'guidepost.db')}`, { log, clock });
  const replyCache = new ReplyCache(store, { log });
  const settingsCache = new SettingsCache(store, { log });
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  const counted: unknown[][] = [];
  const stats: StatsRecorder = {
    count: (...event) => void counted.push(event),
    question: (...event) => void counted.push(event),
    flush: async () => undefined,
    forget: async () => undefined,
    close: async () => undefined,
    ...noProgress('stats'),
  };
  const followed: string[] = [];
  const pins: LivingPins = {
    bodyOf: createPinUpdater({ rest, store, replyCache, settingsCache, log, clock, contexts }).bodyOf,
    follow: (guildId) => void followed.push(guildId),
    followAll: () => undefined,
    idle: async () => undefined,
    start: () => undefined,
    health: () => undefined,
    close: async () => undefined,
    ...noProgress('pins'),
    backlog: async () => 0,
  };
  const answering = { ask: async () => ({ kind: 'busy' as const }), prepare: () => undefined };
  const pageAnswers = new PageAnswerCache();
  const shared = {
    contexts,
    store,
    replyCache,
    settingsCache,
    pins,
    stats,
    answering,
    pageAnswers,
    rest,
    apiUrl,
    log,
    clock,
  };
  const services: CommandServices = { ...shared, fileQueue: createQueue(), hasGateway: true };
  return {
    content,
    clock,
    store,
    services,
    logged,
    /** The calls of `stats.count` and `stats.question`, as `[guild, …]`. */
    counted,
    /** The servers whose pins were to be checked. */
    followed,
    /** Saves a new reply, or with `topic` the text in place of a page. */
    write(guildId: string, { topic, ...draft }: Partial<Draft> & { topic?: string }): Promise<Reply> {
      const saving = { guildId, authorId: USER_ID, cause: newId() };
      const words = { title: 'Refunds', text: 'Ask the caretaker.', aliases: [], ...draft };
      return topic ? changeReply(store, { ...saving, topic, expected: 0 }, words) : addReply(store, saving, words);
    },
    /** Saves replies with these titles in one transaction. */
    async writeAll(guildId: string, titles: readonly string[]): Promise<void> {
      const replies = titles.map((title, i) => ({
        topic: `r:${String(i).padStart(8, '0')}`,
        title,
        text: 'x',
        aliases: [],
      }));
      await importReplies(store, { guildId, authorId: USER_ID, cause: newId() }, replies);
    },
    async close() {
      replyCache.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The same, with a fake Discord behind `rest`. */
export async function openDiscordWorld() {
  // Discord's limit of 50 requests a second would make a test wait.
  const options = { host: '127.0.0.1', port: 0, botName: 'Guidepost', globalRateLimit: Number.POSITIVE_INFINITY };
  const discord = new FakeDiscord(await startServer(options));
  const rest = new REST({ version: '10', api: discord.apiUrl, retries: 0, globalRequestsPerSecond: 100_000 });
  rest.setToken(discord.token);
  const world = openCommandWorld({ rest, apiUrl: discord.apiUrl });
  return {
    ...world,
    discord,
    async close() {
      await world.close();
      await discord.stop();
    },
  };
}

/** What an English reader sees in a server with these replies. */
export const contextOf = (replies: readonly Reply[] = []) => createContext(sample, 'en-US', { replies });

/** A reply that is not in a database. */
export function replyOf(more: Partial<Reply>): Reply {
  return {
    guildId: '1',
    topic: 'r:abcd1234',
    title: 'Refunds',
    text: 'Ask the caretaker.',
    aliases: [],
    state: 'shown',
    revision: 1,
    action: 'add',
    savedBy: '2',
    savedAt: new Date(NOW),
    ...more,
  };
}

type Message = APIInteractionResponseCallbackData & { files?: RawFile[] };

/** The message of an answer; of a deferred one, the message at its end. */
export async function messageOf(answer: Answer | undefined | Promise<Answer | undefined>): Promise<Message> {
  const { response, later } = (await answer) ?? expect.fail('no answer');
  if (later) return later();
  const { ChannelMessageWithSource, UpdateMessage } = InteractionResponseType;
  if (response.type === ChannelMessageWithSource || response.type === UpdateMessage) return response.data ?? {};
  return expect.fail(`not a message, but ${response.type}`);
}

/** The modal that an answer opens, with its text inputs by custom_id. */
export async function modalOf(answer: Answer | undefined | Promise<Answer | undefined>) {
  const { response } = (await answer) ?? expect.fail('no answer');
  if (response.type !== InteractionResponseType.Modal) return expect.fail(`not a modal, but ${response.type}`);
  const inputs = response.data.components.flatMap((label) =>
    label.type === ComponentType.Label && label.component.type === ComponentType.TextInput
      ? [
          [
            label.component.custom_id,
            { label: label.label, description: label.description, ...label.component },
          ] as const,
        ]
      : [],
  );
  return { customId: response.data.custom_id, title: response.data.title, inputs: Object.fromEntries(inputs) };
}

/** The buttons of a message as `[label, custom_id]`. */
export function buttonsOf({ components = [] }: Pick<Message, 'components'>): [string, string][] {
  return components.flatMap((row) =>
    row.type === ComponentType.ActionRow
      ? row.components.flatMap((part): [string, string][] =>
          part.type === ComponentType.Button && 'custom_id' in part ? [[part.label ?? '', part.custom_id]] : [],
        )
      : [],
  );
}

/** The bytes of a message's first file. */
export function fileOf({ files }: { readonly files?: readonly RawFile[] }): Buffer {
  const data = files?.[0]?.data;
  return Buffer.isBuffer(data) ? data : expect.fail('no file');
}
