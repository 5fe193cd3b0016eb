// The context of a person: never later than the database allows, always from the content that is served.
import { describe, expect, it } from 'vitest';
import { ContextSource, createContext } from '../../src/discord/render-context.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { NO_SETTINGS, type Settings } from '../../src/servers/settings.ts';
import { contentInLanguages } from '../guide/editions.ts';
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

describe('the language of a context', () => {
  const inLanguages = contentInLanguages();
  /** @param settings undefined if they are not in the cache and cannot be read */
  const open = (settings: Settings | undefined = NO_SETTINGS, isDown = false) => {
    const replyCache = { peek: () => [], repliesOf: async () => [] };
    const settingsCache = {
      peek: () => (isDown ? undefined : settings),
      settingsOf: () => Promise.reject(new Error('down')),
    };
    const { log } = recordingLog();
    return new ContextSource(inLanguages, { replyCache, settingsCache, log, clock: createVirtualClock(0) });
  };
  const server = { guild_id: '1', guild_locale: 'hi' };
  const inHindi = { ...NO_SETTINGS, language: 'hi' };

  it.each<[string, string, object, (string | undefined)[], Settings]>([
    ['the first that is preferred', 'es', { locale: 'hi' }, ['es', 'en'], NO_SETTINGS],
    ['the next one if there is no edition in the first', 'es', { locale: 'hi' }, ['fr', undefined, 'es'], NO_SETTINGS],
    ['that of the person', 'es', { ...server, locale: 'es-419' }, ['fr'], inHindi],
    ['that of the person, in English', 'en', { ...server, locale: 'en-GB' }, [], inHindi],
    ['that of the server’s settings', 'hi', { guild_id: '1', guild_locale: 'es-ES', locale: 'fr' }, [], inHindi],
    ['the server’s own', 'hi', { ...server, locale: 'fr' }, [], NO_SETTINGS],
    ['English', 'en', { guild_id: '1', guild_locale: 'de', locale: 'fr' }, ['it'], NO_SETTINGS],
    ['English in a direct message', 'en', {}, [], NO_SETTINGS],
  ])('for a person is %s: %s', async (_, locale, request, preferred, settings) => {
    const context = await open(settings).contextFor(request, ...preferred);
    expect(context.edition).toBe(inLanguages.editions.get(locale));
    expect(context.original).toBe(inLanguages.editions.get('en'));
    expect(context.messages).toBe(messagesFor(locale));
  });

  it.each<[string, string, Settings, string | undefined]>([
    ['the chosen one', 'es', inHindi, 'es'],
    ['that of the server’s settings', 'hi', inHindi, undefined],
    ['that of the settings if there is no edition in the chosen one', 'hi', inHindi, 'fr'],
  ])('for everyone is %s: %s', async (_, locale, settings, chosen) => {
    const context = await open(settings).publicContextFor({ guild_id: '1', guild_locale: 'en-US' }, chosen);
    expect([context.edition.locale, context.messages]).toEqual([locale, messagesFor(locale)]);
  });

  it('for everyone is never that of a person', async () => {
    const request = { ...server, locale: 'es-ES' };
    expect((await open().publicContextFor(request)).edition.locale).toBe('hi');
  });

  it('is the server’s own while its settings cannot be read', async () => {
    const context = await open(NO_SETTINGS, true).publicContextFor({ guild_id: '1', guild_locale: 'es-ES' });
    expect(context).toMatchObject({ isPartial: true, edition: { locale: 'es' } });
  });

  it('is the same for a sentence that is shown without a database', () => {
    const contexts = open(inHindi);
    expect(contexts.messagesFor({ ...server, locale: 'es-ES' })).toBe(messagesFor('es'));
    expect(contexts.messagesFor({ guild_id: '1', guild_locale: 'es-ES', locale: 'fr' })).toBe(messagesFor('hi'));
    expect(open(NO_SETTINGS, true).messagesFor({ ...server, locale: 'fr' })).toBe(messagesFor('hi'));
    expect(open().messagesFor({ locale: 'uk' })).toBe(messagesFor('en'));
  });
});
