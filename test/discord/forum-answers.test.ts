// Answers to posts in forums: which are answered, when, how often, and which messages are not read.
import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { QuestionResult } from '../../src/discord/question-answering.ts';
import { renderPostAnswer } from '../../src/discord/views/forum.ts';
import { claimPost, refuseAnswer } from '../../src/servers/posts.ts';
import { changeSetting, stopForum } from '../../src/servers/settings.ts';
import { newId } from '../new-id.ts';
import { ASKER, declined, FORUM, OWN, post, useForumAnswers } from './forum-answers-world.ts';
import { altered, front, LEVEL } from './parts.ts';
import { refusal } from './rest-stub.ts';

const { open, stateOf, store } = await useForumAnswers();
const EDITED = '2026-11-26T10:00:00Z';

describe('a new post', () => {
  it('is answered once as a reply to its first message, and counted', async () => {
    const { read, finish, posted, guildId, contexts, counts, lines, others } = await open();
    const message = post(guildId);
    expect(read(message)).toBe(true);
    await finish();
    const context = await contexts.publicContextFor({ guild_id: guildId });
    const topic = context.topics.find(front.name) ?? expect.fail('it is a topic');
    expect(posted()).toHaveLength(1);
    expect(posted()[0]?.path).toBe(`/channels/${message.id}/messages`);
    expect(posted()[0]?.body).toEqual({
      ...renderPostAnswer([topic], context),
      nonce: message.id,
      enforce_nonce: true,
      message_reference: { message_id: message.id, channel_id: message.id, fail_if_not_exists: false },
      allowed_mentions: { parse: [], replied_user: true },
    });
    expect(counts).toEqual([`${guildId} post seen`, `${guildId} post answered`, `${guildId} shown ${front.name}`]);
    expect(await stateOf(message.id)).toBe('answered');
    // Nothing else was written there, so the messages are not read.
    expect(lines()).toEqual([`GET /channels/${message.id}`, `POST /channels/${message.id}/messages`]);
    expect(others).toEqual([]);
  });

  it('waits in the backlog; its answer, or silence, is the last success', async () => {
    const { read, finish, job, clock, guildId } = await open({ found: () => declined });
    expect([job.backlog(), job.lastSuccess]).toEqual([0, undefined]);
    const from = clock.now() / 1000;
    read(post(guildId));
    expect(job.backlog()).toBe(1);
    await finish();
    expect(job.lastSuccess).toBeGreaterThan(from);
    expect(job.lastSuccess).toBeLessThanOrEqual(clock.now() / 1000);
  });

  it.each([
    [3050, 0],
    [4000, 1 - Number.EPSILON],
  ])('is left to people for %i ms with the random number %d', async (ms, random) => {
    const { read, clock, lines, rests, guildId } = await open({ random });
    const message = post(guildId);
    read(message);
    await rests();
    await clock.advance(ms - 1);
    await rests();
    expect(lines()).toEqual([]);
    await clock.advance(1);
    await rests();
    expect(lines()[0]).toBe(`GET /channels/${message.id}`);
  });

  it.each([
    ['by its title alone', '', [], 'which door'],
    ['without words that do not mention the bot', 'my secret', [], 'which door'],
    ['with the words beside a mention', `<@${OWN}> it is red`, [{ id: OWN }], 'which door\nit is red'],
    ['without the words beside a mention of somebody else', '<@1> it is red', [{ id: '1' }], 'which door'],
  ])('is understood %s', async (_, text, mentions, question) => {
    const { read, finish, asked, guildId } = await open();
    read(post(guildId, { content: text, mentions }));
    await finish();
    expect(asked).toEqual([question]);
  });

  it('is answered once if it comes twice, at the same time and later', async () => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    expect([read(message), read(message)]).toEqual([true, true]);
    await finish();
    expect(read(message)).toBe(true);
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it('whose answer was removed while Discord had not confirmed it stays without one', async () => {
    // The first request took effect, was confirmed too late, and was sent again.
    const { read, finish, lines, guildId } = await open({
      async respond({ method, path }) {
        if (method !== 'POST') return undefined;
        await refuseAnswer(store, { guildId, threadId: path.split('/')[2] ?? '' }, { resumedAt: new Map() });
        return { body: { id: '77' } };
      },
    });
    const message = post(guildId);
    read(message);
    await finish();
    const messages = `/channels/${message.id}/messages`;
    expect(lines()).toEqual([`GET /channels/${message.id}`, `POST ${messages}`, `DELETE ${messages}/77`]);
    expect(await stateOf(message.id)).toBe('refused');
  });

  it('whose removed answer cannot be removed again is not counted as silent', async () => {
    const { read, finish, guildId, counts } = await open({
      async respond({ method, path }) {
        if (method === 'DELETE') return refusal(403, 50_013);
        if (method !== 'POST') return undefined;
        await refuseAnswer(store, { guildId, threadId: path.split('/')[2] ?? '' }, { resumedAt: new Map() });
        return { body: { id: '77' } };
      },
    });
    read(post(guildId));
    await finish();
    expect(counts).toEqual([`${guildId} post seen`]);
  });

  it('is answered once by two processes, and after a restart', async () => {
    const first = await open();
    const second = await open({ guildId: first.guildId });
    const message = post(first.guildId);
    for (const { read } of [first, second]) read(message);
    await Promise.all([first.finish(), second.finish()]);
    const third = await open({ guildId: first.guildId });
    third.read(message);
    await third.finish();
    expect([...first.posted(), ...second.posted(), ...third.posted()]).toHaveLength(1);
    expect([...first.counts, ...second.counts, ...third.counts].filter((one) => one.endsWith('seen'))).toHaveLength(1);
  });

  it('is silent and counted once if the search is not sure', async () => {
    const first = await open({ found: () => declined });
    const second = await open({ found: () => declined, guildId: first.guildId });
    const message = post(first.guildId);
    for (const one of [first, second]) {
      one.read(message);
      await one.finish();
    }
    expect([...first.posted(), ...second.posted()]).toEqual([]);
    expect(first.counts).toEqual([`${first.guildId} post seen`, `${first.guildId} post silent`]);
    expect(second.counts).toEqual([]);
    expect(await stateOf(message.id)).toBe('silent');
  });

  it.each<[string, QuestionResult['kind']]>([
    ['unsure', 'unsure'],
    ['busy', 'busy'],
    ['a courtesy', 'courtesy'],
  ])('is silent if the result is %s', async (_, result) => {
    const opened: Awaited<ReturnType<typeof open>> = await open({
      found: async () => {
        const { topics } = await opened.contexts.publicContextFor({ guild_id: opened.guildId });
        const topic = topics.find(front.name) ?? expect.fail('it is a topic');
        return result === 'unsure' ? { kind: 'unsure', topics: [topic] } : ({ kind: result } as QuestionResult);
      },
    });
    opened.read(post(opened.guildId));
    await opened.finish();
    expect(opened.posted()).toEqual([]);
    expect(opened.counts).toEqual([`${opened.guildId} post seen`, `${opened.guildId} post silent`]);
  });

  it('is silent and counted as that if the server had 20 answers in the last hour', async () => {
    const { read, finish, posted, guildId, counts } = await open();
    for (let i = 0; i < 20; i++) await claimPost(store, { guildId, threadId: newId(), forumId: FORUM });
    const message = post(guildId);
    read(message);
    await finish();
    expect(posted()).toEqual([]);
    expect(counts).toEqual([`${guildId} post seen`, `${guildId} post silent`]);
    expect(await stateOf(message.id)).toBe('silent');
  });

  it('logs of the first one what Discord sends, and never its title', async () => {
    const { read, finish, logged, guildId } = await open();
    read(post(guildId));
    await finish();
    read(post(guildId));
    await finish();
    expect(logged.filter(({ level }) => level > LEVEL.debug)).toHaveLength(1);
    expect(logged[0]).toMatchObject({ type: ChannelType.PublicThread, has: { name: true, parent: true } });
    expect(JSON.stringify(logged)).not.toContain('which door');
  });
});

describe('a message', () => {
  it.each([
    ['in direct messages', { guild_id: undefined }],
    ['that is not the first of its thread', { channel_id: '1' }],
    ['that is not the first of its thread and was edited', { channel_id: '1', edited_timestamp: EDITED }],
    ['in direct messages that was edited', { guild_id: undefined, edited_timestamp: EDITED }],
    ['of a bot', { author: { id: ASKER, bot: true } }],
    ['of Discord', { author: { id: ASKER, system: true } }],
    ['of a webhook', { webhook_id: '1' }],
  ])('%s is not read', async (_, more) => {
    const { read, requests, job, guildId } = await open();
    expect(read(post(guildId, more))).toBe(false);
    expect([job.backlog(), requests]).toEqual([0, []]);
  });

  it('that begins a post and was edited is taken and not answered, where the server has or may have forums', async () => {
    const cached = await open();
    const unknown = await open({ forums: [], isCached: false });
    for (const { read, finish, requests, others, counts, guildId } of [cached, unknown]) {
      expect(read(post(guildId, { edited_timestamp: EDITED }))).toBe(true);
      await finish();
      expect([requests, others, counts]).toEqual([[], [], []]);
    }
    const none = await open({ forums: [] });
    expect(none.read(post(none.guildId, { edited_timestamp: EDITED }))).toBe(false);
  });

  it('that is edited while its post waits is answered once', async () => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    expect([read(message), read(altered(message, { edited_timestamp: EDITED }))]).toEqual([true, true]);
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it('in a server without forums is not read if that is known, and else given back', async () => {
    const known = await open({ forums: [] });
    expect(known.read(post(known.guildId))).toBe(false);
    const unknown = await open({ forums: [], isCached: false });
    const message = post(unknown.guildId);
    expect(unknown.read(message)).toBe(true);
    await unknown.rests();
    expect([unknown.others, unknown.job.backlog(), unknown.requests]).toEqual([[message.id], 0, []]);
  });

  it.each([
    ['another forum', { parent_id: '6' }],
    ['a channel without a parent', { parent_id: null }],
    ['a channel that is not a thread', { type: ChannelType.GuildVoice }],
    ['a private thread', { type: ChannelType.PrivateThread }],
  ])('in %s is given back', async (_, thread) => {
    const { read, finish, others, posted, counts, guildId } = await open({ thread });
    const message = post(guildId);
    read(message);
    await finish();
    expect([others, posted(), counts]).toEqual([[message.id], [], []]);
    expect(await stateOf(message.id)).toBeUndefined();
  });

  it('in a forum that a moderator takes off the list meanwhile is given back', async () => {
    const { read, finish, others, posted, guildId } = await open();
    const message = post(guildId);
    read(message);
    await changeSetting(store, guildId, { name: 'forums', value: [], by: '70' });
    await finish();
    expect([others, posted()]).toEqual([[message.id], []]);
  });

  it.each([
    ['is locked', { thread_metadata: { locked: true } }],
    ['is archived', { thread_metadata: { archived: true } }],
  ])('whose thread %s is not answered', async (_, thread) => {
    const { read, finish, posted, asked, others, guildId } = await open({ thread });
    read(post(guildId));
    await finish();
    expect([posted(), asked, others]).toEqual([[], [], []]);
  });

  it('in a forum in which answers have stopped is not answered', async () => {
    const { read, finish, posted, asked, counts, guildId } = await open();
    await store.transact((trx) => stopForum(trx, store, guildId, FORUM), { changedGuild: guildId });
    read(post(guildId));
    await finish();
    expect([posted(), asked, counts]).toEqual([[], [], []]);
  });
});
