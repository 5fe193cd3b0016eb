// The message that a person reads after an error, in first and in deferred answers.
import type { APIInteraction } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { type Clock, randomId } from '../clock.ts';
import { messagesFor } from '../i18n/index.ts';
import { StoreError } from '../store/errors.ts';
import { Refusal } from './answer.ts';
import { cut, MAX_CONTENT } from './limits.ts';
import { localeOf } from './options.ts';

/** Characters of a reference by which a bug is found in the log. */
const REFERENCE_LENGTH = 8;

export interface ErrorMessageOptions {
  readonly log: Logger;
  readonly clock: Pick<Clock, 'random'>;
}

/**
 * Returns the message for an error. Refusals have their own; errors of the database have one for each kind. All others
 * are bugs, which are logged with a reference.
 */
export function errorMessageFor(
  error: unknown,
  interaction: APIInteraction,
  { log, clock }: ErrorMessageOptions,
): string {
  if (error instanceof Refusal) return cut(error.message, MAX_CONTENT);
  const messages = messagesFor(localeOf(interaction)).error;
  if (error instanceof StoreError) {
    log.warn({ err: error, kind: error.kind }, 'database failed');
    return messages.store[error.kind];
  }
  const reference = randomId(clock, REFERENCE_LENGTH);
  log.error({ err: error, reference, kind: interaction.type }, 'interaction failed');
  return messages.bug(reference);
}
