// The message that a person reads after an error, in first and in deferred answers.
import type { APIInteraction } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { type Clock, randomId } from '../clock.ts';
import type { Messages } from '../i18n/index.ts';
import { StoreError } from '../store/errors.ts';
import { Refusal } from './answer.ts';
import { cut, MAX_CONTENT } from './limits.ts';
import { localeOf, serverOf, walkLocaleOf } from './options.ts';
import type { ContextSource } from './render-context.ts';

/** Characters of a reference by which a bug is found in the log. */
const REFERENCE_LENGTH = 8;

export interface ErrorMessageOptions {
  readonly contexts: Pick<ContextSource, 'messagesFor'>;
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
  { contexts, log, clock }: ErrorMessageOptions,
): string {
  if (error instanceof Refusal) return cut(error.message, MAX_CONTENT);
  const messages = errorMessages(interaction, contexts);
  if (error instanceof StoreError) {
    log.warn({ err: error, kind: error.kind }, 'database failed');
    return messages.store[error.kind];
  }
  const reference = randomId(clock, REFERENCE_LENGTH);
  log.error({ err: error, reference, kind: interaction.type }, 'interaction failed');
  return messages.bug(reference);
}

/** The sentences about errors, for the person who acted. */
export function errorMessages(
  interaction: APIInteraction,
  contexts: Pick<ContextSource, 'messagesFor'>,
): Messages['error'] {
  const { guild_id: guildId } = interaction;
  const server = guildId === undefined ? {} : serverOf(interaction, guildId);
  return contexts.messagesFor({ locale: localeOf(interaction), ...server }, walkLocaleOf(interaction)).error;
}
