// Deferred answers: what fails in them is told to the person, whenever it fails.
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';

describe('the work behind a deferred answer', () => {
  it.each([
    ['a private message', deferPrivately],
    ['an update', deferUpdate],
  ])('of %s rejects, also where it fails before it has to wait', async (_, defer) => {
    const { later } = defer(() => {
      throw new RangeError('at once');
    });
    await expect(later?.()).rejects.toThrow('at once');
  });

  it('may show its progress, also where nobody asks for it', async () => {
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
