// The context of a person: never later than the database allows, always from the content that is served.
import { describe, expect, it } from 'vitest';
import { ContextSource, createContext } from '../../src/discord/render-context.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { NO_SETTINGS } from '../../src/servers/settings.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { content, edition, front, LEVEL, recordingLog, replyOf, settingsOfAll } from './parts.ts';
import { settle } from './rest-stub.ts';

const en = messagesFor('en');
const own = replyOf('r:abcd1234');

/** @param read reads the replies of a server @param cached those of servers that need no reading */
function open(read: (guildId: string) => Promise<readonly Reply[]>, cached: readonly Reply[] | undefined = undefined) {
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const asked: string[] = [];
  const replyCache = {
    peek: () => cached,
    repliesOf: (guildId: string) => {
      asked.push(guildId);
      return read(guildId);
    },
  };
  return {
    contexts: new ContextSource(content, { replyCache, settingsCache: settingsOfAll(), log, clock }),
    clock,
    logged,
    asked,
  };
}
const never = () => new Promise<never>(() => undefined);

describe('a context', () => {
  it('has the topics of the server, the edition and the texts of the language', async () => {
    const { contexts, clock, asked } = open(async () => [own]);
    const context = await contexts.contextFor({ guild_id: '7', locale: 'pt-BR' });
    expect(context).toEqual({
      edition,
      original: edition,
      messages: en,
      topics: context.topics,
      settings: NO_SETTINGS,
    });
    expect(context.topics.find(own.topic)).toMatchObject({ kind: 'reply', reply: own });
    expect(context.topics.find(front.name)).toMatchObject({ kind: 'page' });
    expect(asked).toEqual(['7']);
    expect(clock.pending()).toBe(0);
  });

  it('has the guide alone 250 ms after the database was asked in vain', async () => {
    const { contexts, clock } = open(never);
    let isDone = false;
    const making = contexts.contextFor({ guild_id: '1' }).finally(() => {
      isDone = true;
    });
    await clock.advance(249);
    await settle();
    expect(isDone).toBe(false);
    await clock.advance(1);
    const context = await making;
    expect(context.isPartial).toBe(true);
    expect(context.topics.find(front.name)).toBeDefined();
  });

  it('has the guide alone if the database fails, which is logged', async () => {
    const { contexts, logged } = open(() => Promise.reject(new Error('down')));
    expect(await contexts.contextFor({ guild_id: '1' })).toMatchObject({ isPartial: true, edition });
    expect(logged).toMatchObject([{ level: LEVEL.warn, err: { message: 'down' } }]);
  });

  it('asks no database for direct messages, or for replies that are known', async () => {
    const direct = open(never);
    expect(await direct.contexts.contextFor({})).not.toHaveProperty('isPartial');
    const known = open(never, [own]);
    const context = await known.contexts.contextFor({ guild_id: '1' });
    expect(context).not.toHaveProperty('isPartial');
    expect(context.topics.find(own.topic)).toBeDefined();
    expect([direct.asked, known.asked]).toEqual([[], []]);
  });

  it('shares its topics until the content is replaced', async () => {
    const { contexts } = open(never);
    const { topics } = await contexts.contextFor({});
    expect((await contexts.contextFor({ locale: 'en-US' })).topics).toBe(topics);
    const replies = [own];
    expect(contexts.contextWith('en', { replies }).topics).toBe(contexts.contextWith('en', { replies }).topics);
    const next = { ...content };
    contexts.replaceContent(next);
    const after = await contexts.contextFor({});
    expect(contexts.content).toBe(next);
    expect(after.topics).not.toBe(topics);
    expect(after.edition).toBe(edition);
  });

  it('mentions commands by the ids that are known, and has no mentions for pins', async () => {
    const { contexts } = open(async () => []);
    const before = contexts.contextWith('en', {});
    contexts.replaceCommandIds(new Map([['ask', '5']]), undefined);
    const { messages } = await contexts.contextFor({ guild_id: '1', locale: 'en-GB' });
    expect(messages.ask.onlyMine).toContain('</ask:5>');
    expect(contexts.messagesFor({})).toBe(messages);
    expect(contexts.contextWith('en', {}).messages).toBe(before.messages);
    contexts.replaceCommandIds(new Map([['ask', '6']]), '2');
    expect(contexts.messagesFor({ guild_id: '2' }).ask.onlyMine).toContain('</ask:6>');
    for (const elsewhere of [{}, { guild_id: '1' }]) expect(contexts.messagesFor(elsewhere)).toBe(before.messages);
  });

  it('can be created without a server and without a cache', () => {
    const context = createContext(content, 'en');
    expect(context.topics.find(front.name)).toMatchObject({ kind: 'page', page: front });
    expect(createContext(content, 'en').topics).not.toBe(context.topics);
    expect(createContext(content, 'en', { replies: [own] }).topics.find(own.topic)).toBeDefined();
  });
});
