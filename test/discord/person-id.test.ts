// The custom_ids of "Ask a person".
import { expect, it } from 'vitest';
import { isPersonId, type PersonId, readPersonId, writePersonId } from '../../src/discord/person-id.ts';

const LONGEST = '9'.repeat(20);

it.each<PersonId>([
  { action: 'ask' },
  { action: 'askPost' },
  { action: 'send' },
  { action: 'answered', userId: '1', channelId: '2' },
  { action: 'answer', userId: LONGEST, channelId: LONGEST },
])('are read as they were written, in 60 characters at most: %j', (id) => {
  const customId = writePersonId(id);
  expect(customId.length).toBeLessThanOrEqual(60);
  expect(isPersonId(customId)).toBe(true);
  expect(readPersonId(customId)).toEqual(id);
});

it.each([
  'h1:',
  'h1:unknown',
  'h1:ask:1',
  'h1:send:1:2',
  'h1:answered',
  'h1:answered:1',
  'h1:answered::2',
  'h1:answered:1:',
  'h1:answered:1:2:3',
  'h1:answered:x:2',
  'h1:answered:1:../2',
  `h1:answer:1:${'9'.repeat(21)}`,
  'h1:Answered:1:2',
  'h2:ask',
  'ask',
  'xh1:ask',
])('that no version of the bot wrote are not read: %s', (customId) => {
  expect(readPersonId(customId)).toBeUndefined();
});

it('are recognized by their prefix', () => {
  expect(['h1:new', 'h2:ask', 'xh1:ask', ''].map(isPersonId)).toEqual([true, false, false, false]);
});
