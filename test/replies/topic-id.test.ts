import { expect, test } from 'vitest';
import { fileIdOf, isOwnTopic, isPageTopic, newTopic, topicFromFileId } from '../../src/replies/topic-id.ts';
import { systemClock } from '../../src/system-clock.ts';

test('topics and ids in files are converted to each other', () => {
  const topics = new Set(Array.from({ length: 1000 }, () => newTopic(systemClock)));
  expect(topics.size).toBe(1000);
  for (const topic of [...topics, 'close-account#money']) expect(topicFromFileId(fileIdOf(topic))).toBe(topic);
  expect([isOwnTopic('r:abcd1234'), isOwnTopic('abcd1234'), isPageTopic('a#b'), isPageTopic('a')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
