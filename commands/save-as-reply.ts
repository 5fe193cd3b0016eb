// The message command "Save as reply": the form of /faq-edit add, filled in with the words of a message.
import { ApplicationCommandType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Refusal } from '../src/discord/answer.ts';
import type { Command, CommandDefinition, MessageCommandInteraction } from '../src/discord/command.ts';
import { channelNameOf } from '../src/discord/options.ts';
import { requireModeratorOrHelper, THREADS } from '../src/discord/permissions.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { isBlank } from '../src/replies/characters.ts';
import { DRAFT_LIMITS } from '../src/replies/draft.ts';
import { aliasFor } from '../src/stats/unanswered.ts';
import { openForm } from './faq-edit/form.ts';
import { IN_SERVERS } from './places.ts';

export const saveAsReplyDefinition: CommandDefinition = {
  type: ApplicationCommandType.Message,
  name: 'Save as reply',
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageMessages),
};

/** Creates the message command. It requires Manage Messages or a helper role. Saving the form adds a reply. */
export function saveAsReplyCommand({ contexts }: { readonly contexts: ContextSource }): Command {
  return {
    definition: saveAsReplyDefinition,
    async onMessageCommand(interaction) {
      const context = await contexts.contextFor(interaction);
      requireModeratorOrHelper(interaction, context, 'ManageMessages');
      const { messages } = context;
      const text = textOf(interaction);
      if (isBlank(text)) throw new Refusal(messages.edit.noWords);
      if (text.length > DRAFT_LIMITS.text) throw new Refusal(messages.edit.tooLongToSave);
      // A member who opened a thread asks by its title.
      const isThread = THREADS.includes(interaction.channel?.type);
      const asked = isThread ? channelNameOf(interaction) : undefined;
      const aliases = asked === undefined ? [] : [aliasFor(asked)];
      return openForm({ action: 'add', number: 0, topic: '' }, { text, aliases }, messages);
    },
  };
}

const MENTION = /<@!?\d+>/g;

/** The words of the chosen message, or of the message that it forwards. */
function textOf({
  application_id: applicationId,
  data: { resolved, target_id: id },
}: MessageCommandInteraction): string {
  const message = resolved.messages[id];
  const [forwarded] = message?.message_snapshots ?? [];
  const text = message?.content || forwarded?.message.content || '';
  // A reply names no members: it is kept, and shown again and again.
  return (message?.author.id === applicationId ? withoutAddress(text) : text).replace(MENTION, '@…');
}

/** A message of the bot without its first line, where that says for whom it is: a helper's answer that was passed on. */
function withoutAddress(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  return lines.length > 0 && /<@\d+>/.test(first) ? lines.join('\n') : text;
}
