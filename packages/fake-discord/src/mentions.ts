// Decides whom a message notifies (Discord docs, Message resource, Allowed Mentions).
import type { NotifiedTargets, User } from './model.ts';
import type { AllowedMentions } from './schema/message.ts';

/** The default for `parse`: messages notify everyone they mention, answers to interactions only users. */
const DEFAULT_PARSE = {
  message: ['users', 'roles', 'everyone'],
  interaction: ['users'],
} as const satisfies Record<string, readonly ('users' | 'roles' | 'everyone')[]>;

/** Which default applies without `allowed_mentions`. */
export type MentionDefault = keyof typeof DEFAULT_PARSE;

/**
 * Whom a message notifies. The bot counts as having MENTION_EVERYONE, so that a test sees what a server that granted it
 * would see.
 * @param allowed from the request; without it the default applies, also on an edit
 * @param replied the author of the message that is replied to
 */
export function resolveMentions(
  content: string,
  allowed: AllowedMentions | undefined,
  fallback: MentionDefault,
  replied: User | undefined,
): NotifiedTargets {
  const parse: readonly string[] = allowed ? (allowed.parse ?? []) : DEFAULT_PARSE[fallback];
  const named = (pattern: RegExp, kind: 'users' | 'roles') => {
    const ids = [...content.matchAll(pattern)].map((match) => match[1] ?? '');
    return new Set(ids.filter((id) => parse.includes(kind) || allowed?.[kind]?.includes(id)));
  };
  const users = named(/<@!?(\d+)>/g, 'users');
  if (replied && (allowed === undefined || allowed.replied_user)) users.add(replied.id);
  return {
    everyone: parse.includes('everyone') && /@(?:everyone|here)\b/.test(content),
    users: [...users],
    roles: [...named(/<@&(\d+)>/g, 'roles')],
  };
}
