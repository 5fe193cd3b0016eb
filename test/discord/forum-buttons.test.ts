// "Not this" under an answer in a forum: who may press it, what it removes and counts, and when answers stop.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { type Answer, Refusal } from '../../src/discord/answer.ts';
import type { ComponentInteraction } from '../../src/discord/command.ts';
import { createForumButtons } from '../../src/discord/forum-buttons.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { renderPostAnswer } from '../../src/discord/views/forum.ts';
import { questionOf } from '../../src/discord/views/person.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import type { Topic } from '../../src/replies/topics.ts';
import { claimPost } from '../../src/servers/posts.ts';
import { changeSetting, readSettings, resumeForums } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { buttonsOf, messageOf } from '../commands/world.ts';
import { componentInteraction, type InteractionContext, MESSAGE_ID } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { openInMemory } from '../replies/stores.ts';
import { sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { altered, content, front, LEVEL, rear, recordingLog, recordingStats } from './parts.ts';
import { type Respond, refusal, stubRest } from './rest-stub.ts';

const en = messagesFor('en');
const [ASKER, OTHER, FORUM, HELPERS, ROLE] = ['20', '21', '5', '6', '31'] as const;
const NOW = Date.UTC(2026, 10, 26, 12);
const clock = createVirtualClock(NOW);
const { store } = await openInMemory(sqlite, clock);
const caches: SettingsCache[] = [];
afterAll(() => {
  for (const cache of caches) cache.close();
});

interface Options {
  readonly respond?: Respond;
  readonly on?: Store;
  readonly guildId?: string;
  readonly helpersChannel?: string;
}

async function open({ respond, on = store, guildId = newId(), helpersChannel = HELPERS }: Options = {}) {
  await changeSetting(store, guildId, { name: 'forums', value: [FORUM], by: '70' });
  await changeSetting(store, guildId, { name: 'helper-roles', value: [ROLE], by: '70' });
  await changeSetting(store, guildId, { name: 'helpers-channel', value: helpersChannel, by: '70' });
  const { log, lines: logged } = recordingLog();
  const { stats, counts } = recordingStats();
  const stub = stubRest((request) => respond?.(request) ?? (request.method === 'DELETE' ? { status: 204 } : undefined));
  const settingsCache = new SettingsCache(on, { log });
  caches.push(settingsCache);
  const replyCache = new ReplyCache(on, { log });
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  const handler = createForumButtons({ contexts, store: on, stats, rest: stub.rest, log });
  const { topics } = await contexts.contextFor({ guild_id: guildId });
  const topicOf = (name: string): Topic => topics.find(name) ?? expect.fail('it is a topic');
  const context = await contexts.publicContextFor({ guild_id: guildId });
  const body = renderPostAnswer([topicOf(front.name), topicOf(rear.name)], context);
  const [, customId] = buttonsOf(body).find(([, id]) => handler.matches(id)) ?? [];
  if (customId === undefined) throw new Error('the answer has the button');

  /** A thread with an answer of the bot. */
  const answered = async () => {
    const threadId = newId();
    const post = { guildId, threadId, forumId: FORUM };
    await claimPost(store, post);
    return threadId;
  };
  const pressing = (threadId: string, more: InteractionContext = {}, id = customId): ComponentInteraction => {
    const channel = { id: threadId, type: 11, name: 'Which door?', owner_id: ASKER };
    return componentInteraction(id, { guildId, channel, userId: ASKER, permissions: '0', ...more });
  };
  const press = async (interaction: ComponentInteraction): Promise<Answer> =>
    (await handler.onComponent?.(interaction)) ?? expect.fail('no answer');
  /** Somebody presses under the answer in a new thread. */
  const refuse = async () => messageOf(press(pressing(await answered())));
  const posts = () => stub.requests.filter(({ method }) => method === 'POST');
  return { ...stub, guildId, handler, logged, counts, answered, pressing, press, refuse, posts, contexts };
}

const withRoles = (interaction: ComponentInteraction, roles: unknown) =>
  altered(interaction, { member: { ...interaction.member, roles } });

describe('who asked', () => {
  it('removes the answer, and gets the other topics in private, under the title of the post', async () => {
    const { answered, pressing, press, lines, counts, guildId } = await open();
    const threadId = await answered();
    const answer = await press(pressing(threadId));
    expect(answer.response).toEqual({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    });
    const shown = await messageOf(answer);
    expect(lines()).toEqual([`DELETE /channels/${threadId}/messages/${MESSAGE_ID}`]);
    expect(shown).toMatchObject({ content: en.forum.removed, allowed_mentions: { parse: [] } });
    expect(shown.embeds?.[0]?.title).toBe(en.ask.unsure);
    expect(questionOf({ embeds: shown.embeds ?? [] })).toBe('Which door?');
    expect(JSON.stringify(shown.components)).toContain(rear.title);
    expect(JSON.stringify(shown.components)).not.toContain(front.title);
    expect(counts).toEqual([`${guildId} post refused`, `${guildId} refused ${front.name}`]);
  });

  it('may be known by the message that is answered only', async () => {
    const { answered, pressing, press, requests } = await open();
    const threadId = await answered();
    const message = { id: MESSAGE_ID, flags: 0, embeds: [], referenced_message: { author: { id: ASKER } } };
    await messageOf(press(pressing(threadId, { channel: { id: threadId, type: 11 }, message })));
    expect(requests).toHaveLength(1);
  });

  it('gets what the bot can help with if there is no other topic', async () => {
    const { answered, pressing, press, counts, guildId } = await open();
    const threadId = await answered();
    const shown = await messageOf(press(pressing(threadId, {}, 'f1:n:')));
    expect(shown.embeds?.[0]?.title).toBe(en.ask.unknown);
    expect(counts).toEqual([`${guildId} post refused`]);
  });

  it('counts once by a double click', async () => {
    const { answered, pressing, press, counts } = await open({
      respond: ({ method }) => (method === 'DELETE' && ++deleted > 1 ? refusal(404, 10_008) : undefined),
    });
    let deleted = 0;
    const threadId = await answered();
    const shown = await Promise.all([1, 2].map(() => messageOf(press(pressing(threadId)))));
    expect(shown.map((one) => one.content)).toEqual([en.forum.removed, en.forum.removed]);
    expect(counts.filter((one) => one.endsWith('post refused'))).toHaveLength(1);
  });
});

describe('others', () => {
  it.each<[string, object]>([
    ['a member', { userId: OTHER }],
    ['a member in a channel that Discord did not describe', { userId: OTHER, channel: { id: '1' } }],
    ['somebody who may manage the server only', { userId: OTHER, permissions: '32' }],
  ])('are refused: %s', async (_, more) => {
    const { answered, pressing, press, requests } = await open();
    await expect(press(pressing(await answered(), more))).rejects.toThrow(new Refusal(en.forum.notYours));
    expect(requests).toEqual([]);
  });

  it('are refused if Discord says neither who they are nor who asked', async () => {
    const { answered, pressing, press, requests } = await open();
    const interaction = altered(pressing(await answered(), { channel: { id: '1', type: 11 } }), { member: undefined });
    await expect(press(interaction)).rejects.toThrow(new Refusal(en.forum.notYours));
    expect(requests).toEqual([]);
  });

  it.each([
    ['moderators', String(1n << 13n), []],
    ['helpers', '0', ['30', ROLE]],
  ])('may remove it if they are %s', async (_, permissions, roles) => {
    const { answered, pressing, press, requests } = await open();
    await messageOf(press(withRoles(pressing(await answered(), { userId: OTHER, permissions }), roles)));
    expect(requests).toHaveLength(1);
  });
});

it('in the sample of /setup says that it is one, and removes and counts nothing', async () => {
  const { answered, pressing, press, requests, counts } = await open();
  const message = { id: MESSAGE_ID, flags: MessageFlags.Ephemeral, embeds: [] };
  expect((await messageOf(press(pressing(await answered(), { message })))).content).toBe(en.setup.sampleOnly);
  expect((await messageOf(press(pressing('1', { guildId: null })))).content).toBe(en.setup.sampleOnly);
  expect([requests, counts]).toEqual([[], []]);
});

describe('an answer', () => {
  it('that Discord does not let the bot remove stays, and is not counted', async () => {
    const { answered, pressing, press, counts, logged } = await open({ respond: () => refusal(403, 50_013) });
    await expect(messageOf(press(pressing(await answered())))).rejects.toThrow(new Refusal(en.forum.notRemoved));
    expect(counts).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, msg: 'answer in a forum not removed' });
  });

  it('that somebody deleted before counts as refused', async () => {
    const { refuse, counts, guildId } = await open({ respond: () => refusal(404, 10_008) });
    expect((await refuse()).content).toBe(en.forum.removed);
    expect(counts).toContain(`${guildId} post refused`);
  });

  it('is removed while the database is down, and not counted', async () => {
    const down = () => Promise.reject(new StoreError('unavailable', 'down'));
    const { refuse, counts, logged } = await open({ on: { ...store, transact: down } });
    expect((await refuse()).content).toBe(en.forum.removed);
    expect(counts).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, msg: 'removed answer not counted' });
  });

  it('that is not known is removed, and not counted', async () => {
    const { pressing, press, counts } = await open();
    expect((await messageOf(press(pressing(newId())))).content).toBe(en.forum.removed);
    expect(counts).toEqual([]);
  });
});

describe('the third refusal within a day', () => {
  it('stops answers in that forum, and one line tells the helpers', async () => {
    const { refuse, posts, logged, guildId } = await open();
    await refuse();
    await refuse();
    expect(posts()).toEqual([]);
    await refuse();
    await refuse();
    expect(posts()).toHaveLength(1);
    expect(posts()[0]?.path).toBe(`/channels/${HELPERS}/messages`);
    expect(posts()[0]?.body).toMatchObject({ content: en.forum.stopped(FORUM), allowed_mentions: { parse: [] } });
    expect((await readSettings(store, guildId)).stoppedForums).toEqual([FORUM]);
    expect(logged.filter(({ msg }) => msg.startsWith('answers in a forum have stopped'))).toHaveLength(1);
  });

  it('tells the helpers even minutes after the answer: its nonce is not that of the answer', async () => {
    const { answered, pressing, press, posts } = await open();
    const threads = [await answered(), await answered(), await answered()];
    for (const thread of threads) await messageOf(press(pressing(thread)));
    expect(posts()[0]?.body).toMatchObject({ nonce: expect.any(String), enforce_nonce: true });
    for (const nonce of threads) expect(posts()[0]?.body).not.toMatchObject({ nonce });
  });

  it('stops them also if there is no channel of helpers, or no post is possible there', async () => {
    const none = await open();
    await changeSetting(store, none.guildId, { name: 'helpers-channel', value: undefined, by: '70' });
    const refused = await open({ respond: ({ method }) => (method === 'POST' ? refusal(403, 50_001) : undefined) });
    for (const { refuse, guildId } of [none, refused]) {
      for (let i = 0; i < 3; i++) expect((await refuse()).content).toBe(en.forum.removed);
      expect((await readSettings(store, guildId)).stoppedForums).toEqual([FORUM]);
    }
    expect(none.posts()).toEqual([]);
  });

  it('is counted from zero after answers went on', async () => {
    const { refuse, posts, guildId } = await open();
    for (let i = 0; i < 3; i++) await refuse();
    await resumeForums(store, guildId, '70');
    await clock.advance(1);
    await refuse();
    await refuse();
    expect(posts()).toHaveLength(1);
    await refuse();
    expect(posts()).toHaveLength(2);
  });
});
