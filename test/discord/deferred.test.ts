// Deferred answers: what fails in them is told to the person, whenever it fails.
import { describe, expect, it } from 'vitest';
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
});
