// Answers to posts in forums: none where somebody else has written.
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { ASKER, isList, isRead, later, OWN, overtaken, post, useForumAnswers } from './forum-answers-world.ts';
import { front } from './parts.ts';
import { createGate, holding } from './rest-stub.ts';

const { open, stateOf, store } = await useForumAnswers();

describe('somebody else', () => {
  it('who writes while the post waits is not interrupted', async () => {
    const { read, finish, lines, asked, counts, others, clock, guildId } = await open();
    const message = post(guildId);
    read(message);
    await clock.advance(2000);
    expect(read(later(message, '21'))).toBe(false);
    await finish();
    // The thread is read to know that it is a post in a forum of the list.
    expect(lines()).toEqual([`GET /channels/${message.id}`]);
    expect([asked, others]).toEqual([[], []]);
    expect(counts).toEqual(overtaken(guildId));
    expect(await stateOf(message.id)).toBe('overtaken');
  });

  it('who writes in a thread that is not a post in a chosen forum is not counted, and the first message is given back', async () => {
    const { read, finish, posted, counts, others, guildId } = await open({ thread: { parent_id: '6' } });
    const message = post(guildId);
    read(message);
    read(later(message, '21'));
    await finish();
    expect([posted(), counts, others]).toEqual([[], [], [message.id]]);
  });

  it('who writes in a post that was closed is not counted', async () => {
    const { read, finish, posted, counts, guildId } = await open({ thread: { thread_metadata: { locked: true } } });
    const message = post(guildId);
    read(message);
    read(later(message, '21'));
    await finish();
    expect([posted(), counts]).toEqual([[], []]);
  });

  it.each([
    ['who asked', ASKER],
    ['the bot', OWN],
  ])('is not %s', async (_, author) => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    read(message);
    read(later(message, author));
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it.each([
    ['the thread', isRead],
    ['its messages', isList],
  ])('who writes while %s is read is not interrupted', async (_, isHeld) => {
    const held = holding(({ path }) => isHeld(path));
    const { read, requests, untilDue, finish, posted, counts, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: held.respond,
    });
    const message = post(guildId);
    read(message);
    await untilDue();
    // The list of messages is a second request.
    await untilDue();
    expect(requests.some(({ path }) => isHeld(path))).toBe(true);
    read(later(message, '21'));
    held.open();
    await finish();
    expect(posted()).toEqual([]);
    expect(counts).toEqual(overtaken(guildId));
    expect(await stateOf(message.id)).toBe('overtaken');
  });

  it('who writes while the search runs is not interrupted', async () => {
    const gate = createGate();
    const { read, untilDue, finish, posted, counts, asked, guildId } = await open({
      found: async () => {
        await gate.opened;
        return undefined;
      },
    });
    const message = post(guildId);
    read(message);
    await untilDue();
    expect(asked).toHaveLength(1);
    read(later(message, '21'));
    gate.open();
    await finish();
    expect([posted(), counts]).toEqual([[], overtaken(guildId)]);
    expect(await stateOf(message.id)).toBe('overtaken');
  });

  it('who writes while the post is claimed is not interrupted', async () => {
    let onClaim = () => {};
    const slow: Store = {
      ...store,
      async transact(work, options) {
        const result = await store.transact(work, options);
        onClaim();
        return result;
      },
    };
    const { read, finish, posted, counts, guildId } = await open({ on: slow });
    const message = post(guildId);
    read(message);
    onClaim = () => void read(later(message, '21'));
    await finish();
    expect(posted()).toEqual([]);
    expect(await stateOf(message.id)).toBe('answered');
    expect(counts).toEqual(overtaken(guildId));
  });

  it.each([
    ['has written', [{ author: { id: ASKER } }, { author: { id: '21' } }], 0],
    ['was the bot itself', [{ author: { id: OWN } }], 0],
    ['has not written, but who asked has', [{ author: { id: ASKER } }], 1],
    ['may have written after 50 messages', Array(50).fill({ author: { id: ASKER } }), 0],
    ['has not written among 49', Array(49).fill({ author: { id: ASKER } }), 1],
    ['has not written, or it was deleted', [], 1],
  ])('%s before the bot was connected', async (_, messages, answers) => {
    const { read, finish, posted, lines, counts, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: ({ path }) => (isList(path) ? { body: messages } : undefined),
    });
    const message = post(guildId);
    read(message);
    await finish();
    expect(lines()[1]).toBe(`GET /channels/${message.id}/messages?after=${message.id}&limit=50`);
    expect(posted()).toHaveLength(answers);
    const answered = [`${guildId} post seen`, `${guildId} post answered`, `${guildId} shown ${front.name}`];
    expect(counts).toEqual(answers > 0 ? answered : overtaken(guildId));
  });
});
