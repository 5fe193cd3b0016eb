// The message menu "Answer with FAQ": a moderator chooses a topic, and it appears as a reply to that message.
import { ApplicationCommandType, ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Answer, type MessageBody, messageBody, Refusal, replyPrivately } from '../src/discord/answer.ts';
import type { Command, MenuInteraction, PressInteraction, Responder } from '../src/discord/command.ts';
import { deferUpdate } from '../src/discord/deferred.ts';
import { type Obstacle, obstacleOf, replyErrorOf } from '../src/discord/errors.ts';
import { isId } from '../src/discord/ids.ts';
import { COMPONENTS } from '../src/discord/limits.ts';
import { messageUrl } from '../src/discord/links.ts';
import { channelIdOf } from '../src/discord/options.ts';
import { lacking, type Permission, permissionNames, requireModerator, sendingIn } from '../src/discord/permissions.ts';
import { type Reading, readingFor } from '../src/discord/render-context.ts';
import { postMessage } from '../src/discord/requests.ts';
import { plainButton } from '../src/discord/views/buttons.ts';
import { openModal, typedInto } from '../src/discord/views/modal.ts';
import { renderTopic, rowsOf } from '../src/discord/views/page.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import type { Topic } from '../src/replies/topics.ts';
import { IN_SERVERS } from './places.ts';
import { choicesOf } from './topic.ts';

const CHOOSE = 'a1:choose:';
const SEARCH = 'a1:search:';
const MAX_SEARCH = 100;

export const answerWithFaq: Command = {
  definition: {
    type: ApplicationCommandType.Message,
    name: 'Answer with FAQ',
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
  },
  async use(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    const { words, topics } = reading;
    requireModerator(interaction, words, 'ManageMessages');
    requireReplying(interaction, words);
    return replyPrivately(question(interaction.data.target_id, topics.ranking.find('', COMPONENTS.options), reading));
  },
};

export const answering: Responder = {
  owns: (customId) => [CHOOSE, SEARCH].some((act) => customId.startsWith(act) && isId(customId.slice(act.length))),
  async press(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    const { words, topics } = reading;
    const guildId = requireModerator(interaction, words, 'ManageMessages');
    requireReplying(interaction, words);
    const { data } = interaction;
    const channelId = channelIdOf(interaction);
    const target = data.custom_id.slice(CHOOSE.length);
    if (data.custom_id.startsWith(SEARCH)) return search(target, reading);
    const topic = topics.find('values' in data ? (data.values[0] ?? '') : '');
    if (!topic) throw new Refusal(words.edit.gone);
    return deferUpdate(async () => {
      const options = { nonce: interaction.id, replyTo: target };
      const sent = await postMessage(bot.rest, channelId, renderTopic(topic, reading), options).catch((error) => {
        throw refusalFor(error, interaction, reading);
      });
      bot.counters.count(guildId, 'shown', topic.topic);
      return messageBody({
        content: words.menu.sent(messageUrl({ guildId, channelId, messageId: sent.id })),
      });
    });
  },
  async submit(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    requireModerator(interaction, reading.words, 'ManageMessages');
    const typed = typedInto(interaction, 'text');
    const found = reading.topics.ranking.find(typed, COMPONENTS.options);
    if (found.length === 0) throw new Refusal(reading.words.menu.none(plainTextWithin(typed, 80)));
    return replyPrivately(question(interaction.data.custom_id.slice(SEARCH.length), found, reading));
  },
};

function question(target: string, found: readonly Topic[], { words }: Reading): MessageBody {
  const options = choicesOf(found).map(({ name, value }) => ({ label: name, value }));
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: `${CHOOSE}${target}`,
    placeholder: words.menu.placeholder,
    options,
  };
  const components = [
    { type: ComponentType.ActionRow as const, components: [menu] },
    ...rowsOf([plainButton(words.menu.search, `${SEARCH}${target}`)]),
  ];
  return messageBody({ content: words.menu.choose, components });
}

function search(target: string, { words }: Reading): Answer {
  return openModal(`${SEARCH}${target}`, words.menu.searchTitle, [
    { id: 'text', label: words.menu.searchLabel, maxLength: MAX_SEARCH },
  ]);
}

function requireReplying(interaction: MenuInteraction | PressInteraction, words: Reading['words']): void {
  const missing = lacking(interaction.app_permissions, [
    'ViewChannel',
    sendingIn(interaction.channel?.type),
    'EmbedLinks',
    'ReadMessageHistory',
  ]);
  if (missing.length > 0) throw new Refusal(words.pin.botLacks(permissionNames(missing), channelIdOf(interaction)));
}

/** Discord's word for a message to reply to that is gone. */
const UNKNOWN_REFERENCE = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';

function refusalFor(error: unknown, interaction: PressInteraction, { words }: Reading): Refusal {
  const channelId = channelIdOf(interaction);
  const lacks = (...names: Permission[]) => words.pin.botLacks(permissionNames(names), channelId);
  const sentences: Partial<Record<Obstacle, string>> = {
    message: words.menu.gone,
    permission: lacks(sendingIn(interaction.channel?.type), 'EmbedLinks'),
    history: lacks('ReadMessageHistory'),
    access: words.pin.notThere(channelId),
    channel: words.pin.notThere(channelId),
    archived: words.pin.archived(channelId),
    blocked: words.pin.blocked,
  };
  const replyError = replyErrorOf(error);
  if (replyError !== undefined)
    return new Refusal(replyError === UNKNOWN_REFERENCE ? words.menu.gone : words.menu.system);
  return new Refusal(sentences[obstacleOf(error)] ?? words.menu.failed);
}
