// Topic ids, and how they are written in files.
import { describe, expect, it, test } from 'vitest';
import { fileIdOf, isOwnTopic, isPageTopic, newTopic, topicFromFileId } from '../../src/replies/topic-id.ts';
import { createVirtualClock } from '../virtual-clock.ts';

test('topics and ids in files are converted to each other', () => {
  const clock = createVirtualClock(0);
  const topics = new Set(Array.from({ length: 1000 }, () => newTopic(clock)));
  expect(topics.size).toBe(1000);
  for (const topic of [...topics, 'close-account#money']) expect(topicFromFileId(fileIdOf(topic))).toBe(topic);
});

test('a new topic is random', () => {
  expect(newTopic({ random: () => 0 })).toBe('r:aaaaaaaa');
  expect(newTopic({ random: () => 0.999 })).toBe('r:99999999');
});

test('the id of a server’s own reply has no prefix, and other ids are unchanged', () => {
  expect(fileIdOf('r:abcd1234')).toBe('abcd1234');
  for (const topic of ['close-account#money', 'r:abcd123', 'abcd1234']) expect(fileIdOf(topic)).toBe(topic);
});

test.each([
  ['r:abcd1234', true],
  ['r:00000000', true],
  ['abcd1234', false],
  ['r:abcd123', false],
  ['r:abcd12345', false],
  ['r:abcd123A', false],
  ['r:abcd-234', false],
  ['xr:abcd1234', false],
  ['r:abcd1234\n', false],
])('%j is a server’s own reply: %s', (topic, expected) => expect(isOwnTopic(topic)).toBe(expected));

const slug = (length: number) => 'a'.repeat(length);

test.each([
  ['a#b', true],
  ['close-account#no-money-2', true],
  [`${slug(40)}#${slug(40)}`, true],
  [`${slug(41)}#${slug(40)}`, false],
  ['a', false],
  ['a#', false],
  ['#b', false],
  ['a#b#c', false],
  ['A#b', false],
  ['a-#b', false],
  ['-a#b', false],
  ['a--a#b', false],
  ['a#b ', false],
])('%j has the form of a page: %s', (topic, expected) => expect(isPageTopic(topic)).toBe(expected));

describe('the topic of an id in a file', () => {
  it.each([
    ['the name of a page', 'close-account#money', 'close-account#money'],
    ['of a saved reply', 'abcd1234', 'r:abcd1234'],
    // The first eight bytes of its SHA-256: a saved reply must have the same topic in every version.
    ['written by hand', 'refunds', 'r:he3e0xq2'],
    ['of nine characters', 'abcd12345', 'r:83msebe9'],
  ])('is the same in each version for an id %s', (_, id, topic) => expect(topicFromFileId(id)).toBe(topic));

  it.each([slug(1), slug(40), 'my-refunds-2', '2-a'])('is valid for %j', (id) => {
    expect(isOwnTopic(topicFromFileId(id) ?? '')).toBe(true);
  });

  it.each([
    slug(41),
    '',
    'Refunds',
    'my_refunds',
    'my refunds',
    '-a',
    'a-',
    'a--b',
    'abcd123-',
    'r:abcd1234',
    'a#b#c',
    `${slug(41)}#${slug(40)}`,
  ])('is missing for %j', (id) => expect(topicFromFileId(id)).toBeUndefined());
});
