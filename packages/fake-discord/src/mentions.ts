// Decides whom a message notifies (Discord docs, Message resource, Allowed Mentions).
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { authorPermissionsIn } from './access.ts';
import type { Channel, NotifiedTargets, User, World } from './model.ts';
import { hasPermissions } from './permissions.ts';
import type { AllowedMentions } from './schema/message.ts';

/** The default for `parse`: messages notify everyone they mention, answers to interactions only users. */
const DEFAULT_PARSE = {
  message: ['users', 'roles', 'everyone'],
  interaction: ['users'],
} as const satisfies Record<string, readonly ('users' | 'roles' | 'everyone')[]>;

/** Which default applies without `allowed_mentions`. */
export type MentionDefault = keyof typeof DEFAULT_PARSE;

/**
 * Whether a message may notify a role: one that is mentionable, or any for an author with MENTION_EVERYONE (Discord docs,
 * Permissions, Role object and Bitwise Permission Flags). Ids of roles that no test added count as mentionable, so that a
 * bot that mentions one by mistake is seen to notify it.
 */
export function canNotifyRole(world: World, channel: Channel, author: User): (roleId: string) => boolean {
  const isPermitted = hasPermissions(authorPermissionsIn(world, channel, author), PermissionFlagsBits.MentionEveryone);
  return (roleId) => isPermitted || (channel.guild?.roles.get(roleId)?.mentionable ?? true);
}

/** What decides about a message's mentions besides its text. */
export interface MentionRules {
  /** From the request; without it the default applies, also on an edit. */
  readonly allowed: AllowedMentions | undefined;
  readonly fallback: MentionDefault;
  /** The author of the message that is replied to. */
  readonly replied: User | undefined;
  readonly canNotify: (roleId: string) => boolean;
}

/**
 * Whom a message notifies. For @everyone the bot counts as having MENTION_EVERYONE, so that a test sees what a server that
 * granted it would see.
 */
export function resolveMentions(
  content: string,
  { allowed, fallback, replied, canNotify }: MentionRules,
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
    roles: [...named(/<@&(\d+)>/g, 'roles')].filter(canNotify),
  };
}
