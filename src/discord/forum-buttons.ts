// **Not this** under an answer in a forum: removes it, and stops answers in that forum after the third time.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { refuseAnswer } from '../servers/posts.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import { type Answer, type MessageBody, messageBody, Refusal, say } from './answer.ts';
import type { ComponentHandler, ComponentInteraction } from './command.ts';
import { deferPrivately } from './deferred.ts';
import { channelIdOf, channelNameOf, isPrivateMessage, userIdOf } from './options.ts';
import { isModeratorOrHelper } from './permissions.ts';
import type { ContextSource, RenderContext } from './render-context.ts';
import { deleteMessage, postMessage } from './requests.ts';
import { renderOffers, renderUnknown } from './views/ask.ts';
import { isNotThisId, originOfNotThis } from './views/forum.ts';
import { underQuestion } from './views/person.ts';

interface ForumButtonServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly stats: StatsRecorder;
  readonly rest: REST;
  readonly log: Logger;
}

/** Creates the handler. Who asked, moderators and helpers may press it; others are told so in private. */
export function createForumButtons(services: ForumButtonServices): ComponentHandler {
  return {
    matches: isNotThisId,
    async onComponent(interaction) {
      const context = await services.contexts.contextFor(interaction);
      if (isPrivateMessage(interaction)) return say(context.messages.setup.sampleOnly);
      const isAllowed = isAsker(interaction) || isModeratorOrHelper(interaction, context.settings, 'ManageMessages');
      if (!isAllowed) throw new Refusal(context.messages.forum.notYours);
      return removeAnswer(interaction, context, services);
    },
  };
}

/** The answer is removed first: what is counted afterwards is of no use to who pressed. */
function removeAnswer(
  interaction: ComponentInteraction,
  context: RenderContext,
  services: ForumButtonServices,
): Answer {
  const { forum } = context.messages;
  const { id, guild_id: guildId = '', message, data } = interaction;
  const threadId = channelIdOf(interaction);
  return deferPrivately(async () => {
    const { rest, log } = services;
    await deleteMessage(rest, threadId, message.id).catch((error) => {
      log.info({ err: error, guild: guildId }, 'answer in a forum not removed');
      throw new Refusal(forum.notRemoved);
    });
    const origin = originOfNotThis(data.custom_id, context.edition);
    await countRefusal({ id, guildId, threadId, topic: origin?.topics[0] }, context, services).catch((error) =>
      log.warn({ err: error, guild: guildId }, 'removed answer not counted'),
    );
    const others = origin?.topics.slice(1) ?? [];
    const body = others.length > 0 ? renderOffers({ isGuess: false, topics: others }, context) : renderUnknown(context);
    return underQuestion({ ...body, content: forum.removed }, channelNameOf(interaction));
  });
}

interface RefusedAnswer {
  /** Of the interaction. */
  readonly id: string;
  readonly guildId: string;
  readonly threadId: string;
  readonly topic: string | undefined;
}

async function countRefusal(
  { id, guildId, threadId, topic }: RefusedAnswer,
  { settings }: RenderContext,
  { contexts, store, stats, rest, log }: ForumButtonServices,
): Promise<void> {
  const { isNew, stoppedForum } = await refuseAnswer(store, { guildId, threadId }, settings);
  if (!isNew) return;
  stats.count(guildId, 'post', 'refused');
  if (topic !== undefined) stats.count(guildId, 'refused', topic);
  if (stoppedForum === undefined) return;
  log.info({ guild: guildId, forum: stoppedForum }, 'answers in a forum have stopped: three were refused');
  const { helpersChannel } = settings;
  if (helpersChannel === undefined) return;
  const { messages } = await contexts.publicContextFor({ guild_id: guildId });
  const body: MessageBody = messageBody({ content: messages.forum.stopped(stoppedForum) });
  // Not the thread's id, which was the nonce of the answer: Discord would return that one and post nothing.
  await postMessage(rest, helpersChannel, body, { nonce: id });
}

/** Whether a person made the post in which they pressed. */
function isAsker(interaction: ComponentInteraction): boolean {
  const { channel, message } = interaction;
  const owner = channel && 'owner_id' in channel ? channel.owner_id : undefined;
  const userId = userIdOf(interaction);
  return userId !== undefined && userId === (owner ?? message.referenced_message?.author.id);
}
