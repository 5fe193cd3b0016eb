// The message command "Answer with FAQ": a moderator chooses a topic, and it appears as a reply to that message.

import type { REST } from 'discord.js';
import { ApplicationCommandType, ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Answer, type MessageBody, messageBody, Refusal, replyPrivately } from '../src/discord/answer.ts';
import type {
  Command,
  CommandDefinition,
  ComponentHandler,
  ComponentInteraction,
  MessageCommandInteraction,
} from '../src/discord/command.ts';
import { deferUpdate } from '../src/discord/deferred.ts';
import { type FailureReason, failureReason, replyErrorOf } from '../src/discord/errors.ts';
import { isId } from '../src/discord/ids.ts';
import { COMPONENT_LIMITS } from '../src/discord/limits.ts';
import { messageUrl } from '../src/discord/links.ts';
import { channelIdOf, serverOf } from '../src/discord/options.ts';
import {
  lacking,
  type Permission,
  permissionNames,
  requireModeratorOrHelper,
  sendingIn,
} from '../src/discord/permissions.ts';
import type { ContextSource, RenderContext } from '../src/discord/render-context.ts';
import { postMessage } from '../src/discord/requests.ts';
import { plainButton, rowsOf } from '../src/discord/views/buttons.ts';
import { fieldValue, openModal } from '../src/discord/views/modal.ts';
import { renderTopic } from '../src/discord/views/page.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import type { Topic } from '../src/replies/topics.ts';
import type { StatsRecorder } from '../src/stats/recorder.ts';
import { IN_SERVERS } from './places.ts';
import { choicesOf } from './topic.ts';

const CHOOSE = 'a1:choose:';
const SEARCH = 'a1:search:';
const MAX_SEARCH = 100;
/** Discord's error code if the message to reply to was deleted. */
const UNKNOWN_REFERENCE = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';

export const answerWithFaqDefinition: CommandDefinition = {
  type: ApplicationCommandType.Message,
  name: 'Answer with FAQ',
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageMessages),
};

interface AnswerWithFaqServices {
  readonly contexts: ContextSource;
  readonly rest: REST;
  readonly stats: StatsRecorder;
}

/** Creates the message command, which answers with a private list of topics. It requires Manage Messages or a helper role. */
export function answerWithFaqCommand({ contexts }: Pick<AnswerWithFaqServices, 'contexts'>): Command {
  return {
    definition: answerWithFaqDefinition,
    async onMessageCommand(interaction) {
      const context = await contexts.contextFor(interaction);
      const { messages, topics } = context;
      requireModeratorOrHelper(interaction, context, 'ManageMessages');
      requireReplying(interaction, messages);
      return replyPrivately(
        topicMenu(interaction.data.target_id, topics.autocomplete.find('', COMPONENT_LIMITS.options), context),
      );
    },
  };
}

/** Creates the handler of that list and of its search: sends the chosen topic as a reply to the message. */
export function answerWithFaqComponents({ contexts, rest, stats }: AnswerWithFaqServices): ComponentHandler {
  return {
    matches: (customId) => isId(targetOf(customId)),
    async onComponent(interaction) {
      const context = await contexts.contextFor(interaction);
      const { messages, topics } = context;
      const guildId = requireModeratorOrHelper(interaction, context, 'ManageMessages');
      requireReplying(interaction, messages);
      const { data } = interaction;
      const channelId = channelIdOf(interaction);
      const target = targetOf(data.custom_id);
      if (data.custom_id.startsWith(SEARCH)) return search(target, context);
      const topic = topics.find('values' in data ? (data.values[0] ?? '') : '');
      if (!topic) throw new Refusal(messages.edit.gone);
      return deferUpdate(async () => {
        const options = { nonce: interaction.id, replyTo: target };
        const ofServer = await contexts.publicContextFor(serverOf(interaction, guildId));
        const body = renderTopic(ofServer.topics.find(topic.topic) ?? topic, ofServer);
        const sent = await postMessage(rest, channelId, body, options).catch((error) => {
          throw refusalFor(error, interaction, context);
        });
        stats.count(guildId, 'shown', topic.topic);
        return messageBody({
          content: messages.menu.sent(messageUrl({ guildId, channelId, messageId: sent.id })),
        });
      });
    },
    async onModal(interaction) {
      const context = await contexts.contextFor(interaction);
      requireModeratorOrHelper(interaction, context, 'ManageMessages');
      const typed = fieldValue(interaction, 'text');
      const found = context.topics.autocomplete.find(typed, COMPONENT_LIMITS.options);
      if (found.length === 0) throw new Refusal(context.messages.menu.none(plainTextWithin(typed, 80)));
      return replyPrivately(topicMenu(targetOf(interaction.data.custom_id), found, context));
    },
  };
}

/** The id of the message to reply to; an empty text if the custom_id is none of these. */
function targetOf(customId: string): string {
  const prefix = [CHOOSE, SEARCH].find((one) => customId.startsWith(one));
  return prefix === undefined ? '' : customId.slice(prefix.length);
}

function topicMenu(target: string, found: readonly Topic[], { messages }: RenderContext): MessageBody {
  const options = choicesOf(found).map(({ name, value }) => ({ label: name, value }));
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: `${CHOOSE}${target}`,
    placeholder: messages.menu.placeholder,
    options,
  };
  const components = [
    { type: ComponentType.ActionRow as const, components: [menu] },
    ...rowsOf([plainButton(messages.menu.search, `${SEARCH}${target}`)]),
  ];
  return messageBody({ content: messages.menu.choose, components });
}

function search(target: string, { messages }: RenderContext): Answer {
  return openModal(`${SEARCH}${target}`, messages.menu.searchTitle, [
    { id: 'text', label: messages.menu.searchLabel, maxLength: MAX_SEARCH },
  ]);
}

function requireReplying(
  interaction: MessageCommandInteraction | ComponentInteraction,
  messages: RenderContext['messages'],
): void {
  const missing = lacking(interaction.app_permissions, [
    'ViewChannel',
    sendingIn(interaction.channel?.type),
    'EmbedLinks',
    'ReadMessageHistory',
  ]);
  if (missing.length > 0) throw new Refusal(messages.pin.botLacks(permissionNames(missing), channelIdOf(interaction)));
}

function refusalFor(error: unknown, interaction: ComponentInteraction, { messages }: RenderContext): Refusal {
  const channelId = channelIdOf(interaction);
  const lacks = (...names: Permission[]) => messages.pin.botLacks(permissionNames(names), channelId);
  const sentences: Partial<Record<FailureReason, string>> = {
    message: messages.menu.gone,
    permission: lacks(sendingIn(interaction.channel?.type), 'EmbedLinks'),
    history: lacks('ReadMessageHistory'),
    access: messages.pin.notThere(channelId),
    channel: messages.pin.notThere(channelId),
    archived: messages.pin.archived(channelId),
    blocked: messages.pin.blocked,
  };
  const replyError = replyErrorOf(error);
  if (replyError !== undefined)
    return new Refusal(replyError === UNKNOWN_REFERENCE ? messages.menu.gone : messages.menu.system);
  return new Refusal(sentences[failureReason(error)] ?? messages.menu.failed);
}
