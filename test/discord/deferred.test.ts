// Deferred answers: the person learns of every failure in them.
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';

const body = messageBody({ content: 'done' });

it('a deferred answer is a private “thinking…”, or changes nothing yet', () => {
  expect(deferPrivately(async () => body).response).toEqual({ type: 5, data: { flags: 64 } });
  expect(deferUpdate(async () => body).response).toEqual({ type: 6 });
});

describe('the work behind a deferred answer', () => {
  it.each([
    ['a private message', deferPrivately],
    ['an update', deferUpdate],
  ])('of %s rejects, also when it fails before its first await', async (_, defer) => {
    const { later } = defer(() => {
      throw new RangeError('at once');
    });
    await expect(later?.()).rejects.toThrow('at once');
  });

  it('may show its progress, also when nobody shows it', async () => {
    const shown: unknown[] = [];
    const { later } = deferUpdate(async (progress) => {
      await progress(messageBody({ content: 'half' }));
      return messageBody({ content: 'done' });
    });
    expect(await later?.()).toMatchObject({ content: 'done' });
    await later?.(async ({ content }) => void shown.push(content));
    expect(shown).toEqual(['half']);
  });
});
