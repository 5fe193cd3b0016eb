// What waits for people in /insights: questions to helpers, and posts without an answer.
import { afterAll, describe, expect, it } from 'vitest';
import { insightsPage } from '../../../commands/insights/page.ts';
import { postButtons, postLines, questionLines, titleOf, waitingIn } from '../../../commands/insights/waiting.ts';
import { postId } from '../../../commands/insights/write.ts';
import { EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { messageUrl } from '../../../src/discord/links.ts';
import { en } from '../../../src/i18n/en.ts';
import { addOpenQuestion } from '../../../src/servers/open-questions.ts';
import { claimPost, recordSilences, silentPosts } from '../../../src/servers/posts.ts';
import { type Respond, refusal, stubRest } from '../../discord/rest-stub.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, openCommandWorld } from '../world.ts';

let respond: Respond = () => undefined;
const { rest, requests } = stubRest((request) => respond(request));
const { services, store, clock, close } = openCommandWorld({ rest });
afterAll(close);

const count = String;
/** Every thread has this title, and is in this server. */
const titled =
  (name: unknown, guildId: string): Respond =>
  () => ({ body: { id: '5', type: 11, guild_id: guildId, name } });
async function silent(guildId: string, number = 1): Promise<string[]> {
  const threads: string[] = [];
  for (let i = 0; i < number; i++) {
    const threadId = newId();
    await recordSilences(store, [{ guildId, threadId, forumId: '5', state: 'silent' }]);
    await clock.advance(1);
    threads.unshift(threadId);
  }
  return threads;
}
async function ask(guildId: string, number = 1): Promise<string[]> {
  const messages = Array.from({ length: number }, () => newId());
  for (const messageId of messages) {
    await addOpenQuestion(store, { guildId, channelId: '6', messageId });
    await clock.advance(1000);
  }
  return messages;
}

describe('questions to helpers', () => {
  it('are listed with their age and a link, oldest first, five at most', async () => {
    const guildId = newId();
    const start = Math.floor(clock.now() / 1000);
    const messages = await ask(guildId, 7);
    const lines = questionLines(await waitingIn(guildId, services), en, count);
    const expected = messages
      .slice(0, 5)
      .map((messageId, i) => en.person.waitingSince(start + i, messageUrl({ guildId, channelId: '6', messageId })));
    expect(lines).toEqual([...expected, en.insights.moreWaiting('2')]);
  });

  it('have no line about more if there are five', async () => {
    const guildId = newId();
    await ask(guildId, 5);
    expect(questionLines(await waitingIn(guildId, services), en, count)).toHaveLength(5);
    expect(questionLines(await waitingIn(newId(), services), en, count)).toEqual([]);
  });
});

describe('posts without an answer', () => {
  it('are listed by their titles as Discord has them now, newest first, five at most', async () => {
    const guildId = newId();
    const threads = await silent(guildId, 6);
    await claimPost(store, { guildId, threadId: newId(), forumId: '5' });
    respond = ({ path }) => ({
      body: { id: '5', type: 11, guild_id: guildId, name: `*Title* of ${path.split('/')[2]}` },
    });
    const waiting = await waitingIn(guildId, services);
    const shown = threads.slice(0, 5);
    expect(postLines(waiting, en)).toEqual(
      shown.map((id) =>
        en.insights.silentPost(`\\*Title\\* of ${id}`, `https://discord.com/channels/${guildId}/${id}`),
      ),
    );
    expect(postButtons(waiting, en)).toMatchObject(
      shown.map((id) => ({ label: en.insights.write(`*Title* of ${id}`), custom_id: postId(id) })),
    );
  });

  it('have labels and lines within Discord’s limits', async () => {
    const guildId = newId();
    await silent(guildId, 5);
    for (const title of ['🙂'.repeat(100), '*'.repeat(100)]) {
      respond = titled(title, guildId);
      const waiting = await waitingIn(guildId, services);
      for (const button of postButtons(waiting, en)) {
        expect([...('label' in button ? (button.label ?? '') : '')].length).toBeLessThanOrEqual(80);
        expect('custom_id' in button && button.custom_id.length).toBeLessThanOrEqual(100);
      }
      expect(postLines(waiting, en).every((line) => [...line].length < 250)).toBe(true);
    }
  });

  it.each([
    ['deleted', 404, 10_003, 0],
    ['not visible', 403, 50_001, 1],
    ['not answered by Discord', 500, 0, 1],
  ])('that are %s are left out, and forgotten only if they are gone', async (_, status, code, kept) => {
    const guildId = newId();
    await silent(guildId);
    respond = () => refusal(status, code);
    expect((await waitingIn(guildId, services)).posts).toEqual([]);
    expect(await silentPosts(store, guildId, 5)).toHaveLength(kept);
  });

  it.each([
    ['no title', undefined],
    ['the title null', null],
  ])('with %s are left out', async (_, name) => {
    const guildId = newId();
    await silent(guildId);
    respond = titled(name, guildId);
    expect((await waitingIn(guildId, services)).posts).toEqual([]);
    expect(await titleOf(rest, guildId, '5')).toBeUndefined();
  });

  it('are not asked from Discord if there are none', async () => {
    requests.length = 0;
    expect(await waitingIn(newId(), services)).toMatchObject({ questions: [], posts: [] });
    expect(requests).toEqual([]);
  });
});

it('comes first in the message, which fits into Discord’s limits with as much as there can be', async () => {
  const guildId = newId();
  await ask(guildId, 12);
  await silent(guildId, 6);
  respond = titled('*'.repeat(100), guildId);
  const questions = Array.from({ length: 30 }, (_, i) => `${i} ${'_'.repeat(290)}`);
  await store.run((db) =>
    db
      .insertInto('questions')
      .values(questions.map((text, i) => ({ guild_id: guildId, asked_on: '2026-11-24', id: `q${i}`, text })))
      .execute(),
  );
  const context = await services.contexts.contextFor({ guild_id: guildId });
  const body = await insightsPage({ guildId, days: 7, isModerator: true }, context, services);
  const [embed] = body.embeds ?? [];
  const fields = embed?.fields ?? [];
  expect(fields.slice(0, 2).map(({ name }) => name)).toEqual([en.insights.waiting, en.insights.posts]);
  const texts = [
    embed?.title,
    embed?.description,
    embed?.footer?.text,
    ...fields.flatMap((one) => [one.name, one.value]),
  ];
  expect(texts.reduce((sum, text) => sum + [...(text ?? '')].length, 0)).toBeLessThanOrEqual(EMBED_LIMITS.total);
  for (const { value } of fields) expect([...value].length).toBeLessThanOrEqual(EMBED_LIMITS.fieldValue);
  expect(body.components).toHaveLength(2);
  const ids = buttonsOf(body).map(([, id]) => id);
  expect(new Set(ids).size).toBe(10);
});
