// Public messages: a click never changes what others see.
import { describe, expect, it } from 'vitest';
import { type Answer, messageBody, replyPublicly, say, updateMessage } from '../../src/discord/answer.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';
import { keepPublicMessage } from '../../src/discord/public-message.ts';
import { componentInteraction } from '../interactions.ts';

const onPublic = componentInteraction('x');
const onPrivate = componentInteraction('x', { message: { id: '1', flags: 64 } });
const body = messageBody({ content: 'text' });

describe('a click on a public message', () => {
  it('is answered in private instead of by an update', () => {
    expect(keepPublicMessage(onPublic, updateMessage(body))).toEqual(say('text'));
  });

  it('is deferred in private instead of as an update, and the work stays', async () => {
    const deferred = deferUpdate(async () => body);
    const kept = keepPublicMessage(onPublic, deferred);
    expect(kept.response).toEqual({ type: 5, data: { flags: 64 } });
    expect(kept.later).toBe(deferred.later);
    expect('outcome' in kept).toBe(false);
  });

  it('keeps its outcome, and has no deferred work without any', () => {
    const refused: Answer = { ...updateMessage(body), outcome: 'refused' };
    expect(keepPublicMessage(onPublic, refused)).toEqual({ ...say('text'), outcome: 'refused' });
    expect(Object.keys(keepPublicMessage(onPublic, updateMessage(body)))).toEqual(['response']);
  });

  it.each([
    ['a private message', say('text')],
    ['a public message', replyPublicly(body)],
    ['a deferred private message', deferPrivately(async () => body)],
  ])('keeps %s as it is', (_, answer) => expect(keepPublicMessage(onPublic, answer)).toBe(answer));
});

it('a click on a private message changes it', () => {
  const answer = updateMessage(body);
  expect(keepPublicMessage(onPrivate, answer)).toBe(answer);
  const deferred = deferUpdate(async () => body);
  expect(keepPublicMessage(onPrivate, deferred)).toBe(deferred);
});
