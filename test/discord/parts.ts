// What code is created with in these tests: a log that can be read, counts in a list, a small guide.
import { DiscordAPIError, type DiscordErrorData } from 'discord.js';
import type { Logger } from 'pino';
import { ContextSource } from '../../src/discord/render-context.ts';
import type { Content, Edition, Page } from '../../src/guide/model.ts';
import { openLog } from '../../src/log.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { NO_SETTINGS, type Settings } from '../../src/servers/settings.ts';
import type { StatsRecorder } from '../../src/stats/recorder.ts';
import { load } from '../guide/sample.ts';
import { noProgress } from '../job-progress.ts';
import { createVirtualClock } from '../virtual-clock.ts';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** Levels of the log's lines. */
export const LEVEL = { debug: 20, info: 30, warn: 40, error: 50 } as const;

export function recordingLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  return { log: openLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) }), lines };
}

/** A recorder whose counts are in a list, such as `1 seen open-door#front`. */
export function recordingStats(): { stats: StatsRecorder; counts: string[]; questions: string[] } {
  const counts: string[] = [];
  const questions: string[] = [];
  const stats: StatsRecorder = {
    count: (guildId, kind, subject) => void counts.push(`${guildId} ${kind} ${subject}`),
    question: (guildId, text) => void questions.push(`${guildId} ${text}`),
    flush: async () => undefined,
    forget: async () => undefined,
    close: async () => undefined,
    ...noProgress('stats'),
  };
  return { stats, counts, questions };
}

function sampleContent(): Content {
  const { content, findings } = load();
  if (!content) throw new Error(`the sample has errors: ${JSON.stringify(findings)}`);
  return content;
}

export const content: Content = sampleContent();

function sampleEdition(): Edition {
  const edition = content.editions.get('en');
  if (!edition) throw new Error('the sample has an English edition');
  return edition;
}

export const edition: Edition = sampleEdition();

export function pageNamed(name: string): Page {
  const page = edition.pages.get(name);
  if (!page) throw new Error(`the sample has no page ${name}`);
  return page;
}

/** The first page of the command /open-door. It links to the other two. */
export const start: Page = pageNamed('open-door#start');
/** An outcome, with steps. It links to `rear`. */
export const front: Page = pageNamed('open-door#front');
/** A page of a guide without a command. It links to `front`. */
export const rear: Page = pageNamed('other#rear');

/** A reply of a server. */
export function replyOf(topic: string, more: Partial<Reply> = {}): Reply {
  return {
    guildId: '900000000000000001',
    topic,
    title: `Title of ${topic}`,
    text: `Text of ${topic}`,
    aliases: [],
    state: 'shown',
    revision: 1,
    action: 'add',
    savedBy: '2',
    savedAt: new Date(0),
    ...more,
  };
}

/** Settings of servers that are all the same. */
export function settingsOfAll(settings: Settings = NO_SETTINGS) {
  return { peek: () => settings, settingsOf: async () => settings };
}

/** Contexts from the sample. @param replies those of every server @param settings those of every server */
export function contextsWith(replies: readonly Reply[] = [], settings: Settings = NO_SETTINGS): ContextSource {
  const replyCache = { peek: () => replies, repliesOf: async () => replies };
  const settingsCache = settingsOfAll(settings);
  return new ContextSource(content, {
    replyCache,
    settingsCache,
    log: recordingLog().log,
    clock: createVirtualClock(0),
  });
}

/** An error of discord.js. @param raw more fields of Discord's JSON */
export function apiError(status: number, code: number, raw: object = {}, method = 'POST'): DiscordAPIError {
  const rawError: DiscordErrorData = { code, message: 'refused', ...raw };
  return new DiscordAPIError(rawError, code, status, method, 'http://discord.test/api/v10/x', {
    files: undefined,
    body: undefined,
  });
}

/** A copy with other fields, of types that only a network can bring. */
export function altered<T extends object>(value: T, change: object): T {
  return Object.assign({}, value, change);
}
