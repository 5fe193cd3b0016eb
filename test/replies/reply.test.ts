// Replies as they are read from the database, and the errors when saving one.
import { describe, expect, it } from 'vitest';
import {
  ConflictError,
  isSameDraft,
  MAX_REPLIES,
  MissingReplyError,
  TooManyRepliesError,
  toReply,
} from '../../src/replies/reply.ts';
import type { RevisionRow } from '../../src/store/schema.ts';

const row: RevisionRow = {
  guild_id: '1',
  topic: 'r:abcd1234',
  number: 3,
  title: 'Refunds',
  text: 'Ask for them.',
  aliases: '["money back","refund"]',
  state: 'shown',
  action: 'undo',
  author_id: '77',
  saved_at: '2026-01-02T03:04:05.006Z',
  cause: '5',
};

const reply = {
  guildId: '1',
  topic: 'r:abcd1234',
  title: 'Refunds',
  text: 'Ask for them.',
  aliases: ['money back', 'refund'],
  state: 'shown',
  revision: 3,
  action: 'undo',
  savedBy: '77',
  savedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
};

describe('a reply of a row', () => {
  it('has its values', () => expect(toReply(row)).toStrictEqual(reply));

  it.each([
    ['aliases that are not a list', { aliases: '"money"' }, { aliases: [] }],
    ['aliases that are not texts', { aliases: '[1,null,"a"]' }, { aliases: ['1', 'null', 'a'] }],
    ['a title of two lines', { title: 'a\nb' }, { title: 'a b' }],
    ['an empty title', { title: ' ' }, { title: 'abcd1234' }],
    ['an empty title of a page', { title: '', topic: 'guide#page' }, { title: 'guide#page', topic: 'guide#page' }],
    ['an empty text', { text: '' }, { text: 'Refunds' }],
  ])('is valid, even with %s', (_, saved, read) => {
    expect(toReply({ ...row, ...saved })).toStrictEqual({ ...reply, ...read });
  });
});

describe('two drafts', () => {
  const draft = { title: 'a', text: 'b', aliases: ['c', 'd'] };
  it('are the same if their content is', () => {
    expect(isSameDraft(draft, { ...draft, aliases: [...draft.aliases] })).toBe(true);
    expect(isSameDraft({ ...draft, aliases: [] }, { ...draft, aliases: [] })).toBe(true);
  });

  it.each([
    { title: 'x' },
    { text: 'x' },
    { aliases: ['x', 'd'] },
    { aliases: ['c', 'x'] },
    { aliases: ['d', 'c'] },
    { aliases: ['c'] },
    { aliases: ['c', 'd', 'e'] },
    { aliases: [] },
  ])('are different if one has %j', (change) => {
    expect(isSameDraft(draft, { ...draft, ...change })).toBe(false);
    expect(isSameDraft({ ...draft, ...change }, draft)).toBe(false);
  });
});

it('errors tell what they are about', () => {
  const current = toReply(row);
  expect(new ConflictError('r:abcd1234', current)).toMatchObject({
    name: 'ConflictError',
    message: 'r:abcd1234 was changed by someone else',
    current,
  });
  expect(new MissingReplyError('r:abcd1234')).toMatchObject({
    name: 'MissingReplyError',
    message: 'there is no reply r:abcd1234',
  });
  expect(MAX_REPLIES).toBe(10_000);
  expect(new TooManyRepliesError(7)).toMatchObject({
    name: 'TooManyRepliesError',
    message: 'a server can have at most 10000 replies',
    added: 7,
  });
});
