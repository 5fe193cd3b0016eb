// The bot without a transport, a fake Discord behind it, and what went wrong in the process meanwhile.
import { REST } from 'discord.js';
import type { RefusedRequest } from 'fake-discord';
import { FakeDiscord } from 'fake-discord';
import { getOrCreateDm, startServer } from 'fake-discord/parts';
import { openBenchBot } from '../../bench/bot.ts';
import { definitionsFor } from '../../commands/index.ts';
import { addPin } from '../../src/pins/repository.ts';
import { importReplies } from '../../src/replies/import.ts';
import { MEMBER, MODERATOR, PIN_ONLY } from '../e2e/world.ts';

export type FuzzWorld = Awaited<ReturnType<typeof openFuzzWorld>>;

export async function openFuzzWorld() {
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  process.on('unhandledRejection', note).on('uncaughtException', note);

  // Discord's limit of 50 a second would make waiting out of most of the time.
  const globalRateLimit = Number.POSITIVE_INFINITY;
  const parts = await startServer({ host: '127.0.0.1', port: 0, botName: 'Guidepost', globalRateLimit });
  const discord = new FakeDiscord(parts);
  const options = { version: '10', api: discord.apiUrl, retries: 0, globalRequestsPerSecond: 100_000 };
  const rest = new REST(options).setToken(discord.token);
  const { app, content, store, close } = await openBenchBot({ rest, apiUrl: discord.apiUrl });
  const { world, registry } = parts.backend;
  const refused: RefusedRequest[] = [];
  world.events.subscribe((event) => {
    if (event.name === 'refusal' && isOurs(event.refusal)) refused.push(event.refusal);
  });
  const registered = registry.replace(null, definitionsFor(content)).filter(({ type }) => type === 1);
  app.services.contexts.replaceCommandIds(new Map(registered.map(({ name, id }) => [name, id])), undefined);

  const guild = discord.addGuild('Harbour');
  const general = discord.addChannel(guild, 'general');
  const thread = discord.addChannel(guild, 'old', { type: 11, parent: general, archived: true });
  const dark = discord.addChannel(guild, 'dark', { botPermissions: 0n });
  const moderator = discord.addUser('Omar');
  const channels = [general, thread, dark, getOrCreateDm(world, moderator)];
  const [first, ...people] = channels.flatMap((channel) =>
    [MODERATOR, PIN_ONLY, MEMBER].map((permissions) => discord.person(moderator, channel, { permissions })),
  );
  if (!first) throw new Error('there is a moderator');

  const pages = [...(content.editions.get('en')?.pages.values() ?? [])];
  const own = ['r:abcd1234', 'r:zzzzzzzz'].map((topic) => ({
    topic,
    title: `Refunds ${'of any kind '.repeat(20)}`,
    text: 'Ask **support** about it. '.repeat(150),
    aliases: ['money back', 'chargeback'],
  }));
  const over = { topic: 'close-account#money', title: 'Money here', text: 'Our own words.', aliases: [] };
  await importReplies(store, { guildId: guild.id, authorId: moderator.id, cause: 'fuzz' }, [...own, over]);
  const pinned = pages.slice(0, 8).map(({ name }) => name);
  for (const topic of pinned) {
    const [channelId, messageId] = [general.id, world.clock.nextId()];
    await addPin(store, { guildId: guild.id, channelId, messageId, topic, shownDigest: '', pinnedBy: '1' });
  }
  app.services.stats.question(guild.id, 'where do i leave my passport');
  await app.services.stats.flush();
  const questions = await store.run((db) => db.selectFrom('questions').select('id').execute());
  const { message } = await first.say('How do I close it?');
  const files = ['## T {#abcd1234}\n\nNew.\n', '## T\n\nNo id.\n', '\0'].map((text) => discord.addFile('a.md', text));
  return {
    discord,
    world,
    registry,
    content,
    services: app.services,
    router: app.route,
    guild,
    /** The first is a moderator in a usual channel. */
    people: [first, ...people] as const,
    channels,
    pages,
    files,
    topics: [...pages.map(({ name }) => name), ...own.map(({ topic }) => topic), 'r:gone0000', 'close-account#gone'],
    /** Those of them with something in the database. */
    used: [...own.map(({ topic }) => topic), over.topic, ...pinned],
    /** Of a message and a question that are there. */
    ids: { message: message.id, question: questions[0]?.id ?? '' },
    /** Requests that Discord would never take, whatever exists and whatever the permissions are. */
    refused,
    /** Errors that nobody caught. */
    failures,
    async stop() {
      await close();
      await discord.stop();
      process.off('unhandledRejection', note).off('uncaughtException', note);
    },
  };
}

/** An invalid form, but for a message to reply to that is gone, or an empty message. */
function isOurs({ code, errors = {} }: RefusedRequest): boolean {
  return code === 50_006 || (code === 50_035 && !('message_reference' in errors));
}
