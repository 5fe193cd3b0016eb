// What a person reads after an error, and what is logged.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/discord/answer.ts';
import { errorMessageFor } from '../../src/discord/error-message.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { StoreError } from '../../src/store/errors.ts';
import { commandInteraction } from '../interactions.ts';
import { contextsWith, LEVEL, recordingLog } from './parts.ts';

const en = messagesFor('en');
function messageFor(error: unknown) {
  const { log, lines } = recordingLog();
  const message = errorMessageFor(error, commandInteraction('help'), {
    contexts: contextsWith(),
    log,
    clock: { random: () => 0 },
  });
  return { message, lines };
}

describe('the message after an error', () => {
  it('is that of a refusal, which is not logged', () => {
    expect(messageFor(new Refusal('Not here.'))).toEqual({ message: 'Not here.', lines: [] });
  });

  it('has at most 2000 characters', () => {
    expect(messageFor(new Refusal('x'.repeat(2000))).message).toBe('x'.repeat(2000));
    expect(messageFor(new Refusal('x'.repeat(2001))).message).toBe(`${'x'.repeat(1999)}…`);
  });

  it.each(Object.entries(en.error.store))('of a database that is %s says so', (kind, sentence) => {
    // The keys of the sentences are the kinds.
    const { message, lines } = messageFor(new StoreError(kind as StoreError['kind'], 'secret'));
    expect(message).toBe(sentence);
    expect(lines).toMatchObject([{ level: LEVEL.warn, kind, msg: 'database failed', err: { name: 'StoreError' } }]);
  });

  it('of a bug has a reference of eight characters, by which the log can be searched', () => {
    const { message, lines } = messageFor(new RangeError('secret'));
    expect(message).toBe(en.error.bug('aaaaaaaa'));
    expect(lines).toMatchObject([
      { level: LEVEL.error, reference: 'aaaaaaaa', kind: 2, msg: 'interaction failed', err: { name: 'RangeError' } },
    ]);
  });
});
