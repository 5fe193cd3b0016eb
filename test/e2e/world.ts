// A fake Discord with a server, and the real bot connected to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationCommandType, PermissionFlagsBits } from 'discord.js';
import type { Channel, Guild, InteractionResult, Message, Person } from 'fake-discord';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { pino } from 'pino';
import type { Clock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { openContentFolder } from '../../src/content/folder.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { languagesWith, type Messages, messagesFor } from '../../src/i18n/index.ts';
import { type RunningBot, startBot } from '../../src/live.ts';
import { openLog } from '../../src/log.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createForAll } from '../for-all.ts';
import { readTrainedContent } from './trained-content.ts';

export const MEMBER =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;
export const PIN_ONLY = MEMBER | PermissionFlagsBits.PinMessages;
export const MANAGE_ONLY = MEMBER | PermissionFlagsBits.ManageMessages;
export const MODERATOR = PIN_ONLY | MANAGE_ONLY;
export const ADMIN = PermissionFlagsBits.Administrator;

/** How long answers may take on a busy machine. Tests of Discord's three seconds measure them themselves. */
export const BUSY_MS = 20_000;

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Variables of the bot. */
type Environment = Readonly<Record<string, string>>;

export interface WorldOptions {
  /** The bot's clock. Its content is always read with the machine's time. */
  readonly clock?: Clock;
  /** False to start the bot with a database that does not answer. */
  readonly isDatabaseUp?: boolean;
  /** Runs before the bot starts. */
  readonly prepare?: (place: { discord: FakeDiscord; guild: Guild; general: Channel }) => Promise<void>;
}

/** Starts everything. @param environment more variables of the bot, besides token and addresses */
export async function openWorld(
  environment: Environment = {},
  { clock = systemClock, isDatabaseUp = true, prepare }: WorldOptions = {},
) {
  // The bot and the fake Discord share a process here, and other tests the machine.
  const discord = await startFakeDiscord({ answerWithinMs: BUSY_MS, botPermissions: INVITE_PERMISSIONS });
  const home = mkdtempSync(join(tmpdir(), 'guidepost-world-'));
  const DATABASE_URL = `file:${join(home, 'guidepost.db')}`;
  const guild = discord.addGuild('Harbour');
  const general = discord.addChannel(guild, 'general');
  const person = (name: string, permissions: bigint) => {
    const user = discord.addUser(name);
    discord.join(guild, user, permissions);
    return discord.person(user, general);
  };
  const newcomer = (name: string, permissions: bigint, channel: Channel = general) =>
    discord.person(discord.addUser(name), channel, { permissions });
  const member = person('Mina', MEMBER);
  const other = person('Otto', MEMBER);
  const moderator = person('Omar', MODERATOR);
  const logged: string[] = [];
  const log = openLog('info', { write: (line: string) => void logged.push(line) });
  const start = (more: Environment = {}): Promise<RunningBot> => {
    const config = readConfig({ DISCORD_API_URL: discord.apiUrl, DATABASE_URL, ...environment, ...more });
    return startBot(
      { ...config, token: more.DISCORD_TOKEN ?? discord.token },
      openContentFolder(config.contentDir, readTrainedContent, { log, clock: systemClock }),
      { log, clock },
    );
  };
  await prepare?.({ discord, guild, general });
  if (isDatabaseUp && environment.DATABASE_URL?.startsWith('postgres')) await migrate(environment.DATABASE_URL);
  let bot = await start();
  return {
    discord,
    guild,
    general,
    member,
    other,
    moderator,
    logged,
    start,
    /** The bot's English sentences, with mentions of the global commands. */
    get messages(): Messages {
      const slash = discord.commands.filter(
        ({ type, guild_id: guildId }) => type === ApplicationCommandType.ChatInput && guildId === undefined,
      );
      return messagesFor('en', languagesWith(new Map(slash.map(({ name, id }) => [name, id]))));
    },
    /** The address that the bot listens on, if its environment has a PORT. */
    url: () => bot.url,
    /** A person with these permissions in the channel's server. */
    newcomer,
    /** A new server with a moderator and a member. */
    newServer(name: string) {
      const channel = discord.addChannel(discord.addGuild(name), 'general');
      return { moderator: newcomer('Omar', MODERATOR, channel), member: newcomer('Mina', MEMBER, channel) };
    },
    /** @param meanwhile runs while the bot is down */
    async restart(meanwhile: () => void | Promise<void> = () => undefined) {
      await bot.stop();
      await meanwhile();
      bot = await start();
    },
    async stop() {
      await bot.stop();
      const secrets = secretsIn(discord.requests.map(({ path }) => path)).concat(discord.token);
      await discord.stop();
      rmSync(home, { recursive: true, force: true });
      const lines = logged.join('\n');
      const shown = secrets.filter((secret) => lines.includes(secret));
      if (shown.length > 0) throw new Error(`the log has ${shown.length} tokens`);
    },
  };
}

/** A world for all tests of a `describe` or a file. @param environment as a function, if it is known only in a hook */
export function useWorld(environment: Environment | (() => Environment) = {}, options: WorldOptions = {}): World {
  const open = () => openWorld(typeof environment === 'function' ? environment() : environment, options);
  return createForAll(open, (world) => world.stop());
}

/**
 * Creates the tables of a PostgreSQL database before the bot starts: on a busy machine that takes longer than the bot
 * waits for its database, and then it says that it cannot reach it.
 */
async function migrate(url: string): Promise<void> {
  const store = openStore(url, { log: pino({ level: 'silent' }), clock: systemClock });
  try {
    await until('the tables exist', () =>
      store
        .run((db) => db.selectFrom('locks').selectAll().execute())
        .then(
          () => true,
          () => false,
        ),
    );
  } finally {
    await store.close();
  }
}

/** The interaction tokens in the paths of requests. */
function secretsIn(paths: readonly string[]): string[] {
  return paths.flatMap((path) => /^\/(?:interactions|webhooks)\/\d+\/([^/]+)/.exec(path)?.[1] ?? []);
}

/** Waits until `test` returns a truthy value. */
export async function until<T>(what: string, test: () => T | Promise<T>, limitMs = 15_000): Promise<NonNullable<T>> {
  for (const end = performance.now() + limitMs; ; ) {
    const value = await test();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Writes a reply with `/faq-edit add`. @returns its topic */
export async function write(person: Person, title: string, text: string, aliases = ''): Promise<string> {
  const { message } = await person.submit(await person.slash('faq-edit add'), { title, text, aliases });
  if (!message?.content.startsWith('Saved')) throw new Error(`not saved: ${message?.content}`);
  // On a busy machine a list may not have the server's own replies, because the bot prefers an incomplete list to a late one.
  const found = await until(`the list has ${title}`, async () =>
    (await person.autocomplete('faq', 'topic', title)).find(({ name }) => title.startsWith(name.replace(/…$/, ''))),
  );
  return String(found.value);
}

/** Changes a reply with `/faq-edit change`. */
export async function change(
  person: Person,
  topic: string,
  words: Readonly<Record<string, string>>,
): Promise<InteractionResult> {
  return person.submit(await person.slash('faq-edit change', { topic }), words);
}

/** The values that a modal is filled in with, by custom_id. */
export function typedIn(answer: InteractionResult): Record<string, string> {
  if (answer.type !== 9) throw new Error(`no modal was opened, but type ${answer.type}`);
  const inputs = answer.data.components.flatMap((part) => (part.type === 18 ? [part.component] : []));
  return Object.fromEntries(inputs.flatMap((one) => (one.type === 4 ? [[one.custom_id, one.value ?? '']] : [])));
}

/** The text of a message's attached file. */
export async function attached(message: Message | null, filename: string): Promise<string> {
  const file = message?.attachments.find((one) => one.filename === filename);
  if (!file) throw new Error(`no file ${filename}`);
  return (await fetch(file.url)).text();
}
