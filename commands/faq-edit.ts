// /faq-edit: a server's own replies, written and changed in modals; every revision is kept.
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Answer, Refusal } from '../src/discord/answer.ts';
import type { ChatInputInteraction, Command, CommandDefinition } from '../src/discord/command.ts';
import { deferPrivately } from '../src/discord/deferred.ts';
import { subcommandOf, textOption } from '../src/discord/options.ts';
import type { RenderContext } from '../src/discord/render-context.ts';
import { en } from '../src/i18n/en.ts';
import type { Reply } from '../src/replies/reply.ts';
import { findReply } from '../src/replies/repository.ts';
import { isOwnTopic } from '../src/replies/topic-id.ts';
import type { Topic } from '../src/replies/topics.ts';
import { requireEditing } from './faq-edit/access.ts';
import { openEditor } from './faq-edit/editor.ts';
import { exportFiles } from './faq-edit/export.ts';
import { historyPage } from './faq-edit/history.ts';
import { askToImport } from './faq-edit/import.ts';
import { confirmRemoval, undo } from './faq-edit/remove-undo.ts';
import type { EditServices } from './faq-edit/services.ts';
import { IN_SERVERS } from './places.ts';
import { chosenTopic, chosenTopicWithRemoved, completeTopic, completeTopicWithRemoved, topicOption } from './topic.ts';

const subcommand = { type: ApplicationCommandOptionType.Subcommand as const };
const fileOption = {
  type: ApplicationCommandOptionType.Attachment as const,
  name: 'file',
  description: en.command.file,
  required: true,
};

export const faqEditDefinition: CommandDefinition = {
  name: 'faq-edit',
  description: en.command.edit,
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageMessages),
  options: [
    { ...subcommand, name: 'add', description: en.command.editAdd },
    { ...subcommand, name: 'change', description: en.command.editChange, options: [topicOption] },
    { ...subcommand, name: 'remove', description: en.command.editRemove, options: [topicOption] },
    { ...subcommand, name: 'history', description: en.command.editHistory, options: [topicOption] },
    { ...subcommand, name: 'undo', description: en.command.editUndo, options: [topicOption] },
    { ...subcommand, name: 'export', description: en.command.editExport },
    { ...subcommand, name: 'import', description: en.command.editImport, options: [fileOption] },
  ],
};

/** Creates `/faq-edit`, which requires Manage Messages or, for most of it, a helper role. */
export function faqEditCommand(services: EditServices): Command {
  return {
    definition: faqEditDefinition,
    async run(interaction) {
      const { contexts, store } = services;
      const context = await contexts.contextFor(interaction);
      const subcommand = subcommandOf(interaction) ?? '';
      const guildId = requireEditing(interaction, subcommand, context);
      switch (subcommand) {
        case 'add':
          return openEditor(undefined, context.messages);
        case 'change':
          return openEditor(chosenTopic(interaction, context), context.messages);
        case 'remove':
          return remove(interaction, context);
        case 'history':
          return deferPrivately(async () =>
            historyPage(
              guildId,
              await topicIdWithRemoved(interaction, guildId, context, services),
              undefined,
              context,
              store,
            ),
          );
        case 'undo':
          return deferPrivately(async () =>
            undo(interaction, await topicIdWithRemoved(interaction, guildId, context, services), context, store),
          );
        case 'export':
          return deferPrivately(() => exportFiles(interaction, guildId, context.messages, services));
        case 'import':
          return deferPrivately(() => askToImport(interaction, guildId, context, services));
        default:
          throw new Refusal(context.messages.error.noCommand);
      }
    },
    autocomplete(interaction) {
      const subcommand = subcommandOf(interaction) ?? '';
      return ['history', 'undo'].includes(subcommand)
        ? completeTopicWithRemoved(interaction, services)
        : completeTopic(interaction, services.contexts);
    },
  };
}

function remove(interaction: ChatInputInteraction, context: RenderContext): Answer {
  const topic = chosenTopic(interaction, context);
  const reply = ownReplyOf(topic);
  if (!reply) throw new Refusal(context.messages.edit.notOwn);
  return confirmRemoval(topic, reply, context.messages);
}

/** The server's own reply for a topic. */
function ownReplyOf(topic: Topic): Reply | undefined {
  return topic.kind === 'reply' ? topic.reply : topic.override;
}

/** A topic by its id, including a removed one: its history still exists, and undo restores it. */
async function topicIdWithRemoved(
  interaction: ChatInputInteraction,
  guildId: string,
  context: RenderContext,
  { store, replyCache }: EditServices,
): Promise<string> {
  const typed = textOption(interaction, 'topic') ?? '';
  const found = context.topics.find(typed);
  if (found) return ownReplyOf(found)?.topic ?? found.topic;
  const removed = isOwnTopic(typed) ? await findReply(store, { guildId, topic: typed }) : undefined;
  if (removed) return typed;
  return chosenTopicWithRemoved(interaction, context, await replyCache.removedOf(guildId)).topic;
}
