// Who may edit replies.
import type { APIInteraction } from 'discord-api-types/v10';
import { requireModerator, requireModeratorOrHelper } from '../../src/discord/permissions.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';

/** What helpers may not do. */
const FOR_MODERATORS: readonly (string | undefined)[] = ['remove', 'import'];

/**
 * Requires Manage Messages or, for most actions, a helper role.
 * @param action a subcommand of /faq-edit, or what a button or form does
 * @returns the server's id
 * @throws {Refusal} if the person may not do it
 */
export function requireEditing(
  interaction: APIInteraction,
  action: string | undefined,
  context: RenderContext,
): string {
  return FOR_MODERATORS.includes(action)
    ? requireModerator(interaction, context.messages, 'ManageMessages')
    : requireModeratorOrHelper(interaction, context, 'ManageMessages');
}
