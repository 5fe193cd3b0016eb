// Removing a reply, which asks first, and undoing the last change.
import { ButtonStyle } from 'discord-api-types/v10';
import { type Answer, type MessageBody, messageBody, Refusal, replyPrivately } from '../../src/discord/answer.ts';
import type { ChatInputInteraction, ComponentInteraction } from '../../src/discord/command.ts';
import { userIdOf } from '../../src/discord/options.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { confirmRow, plainButton } from '../../src/discord/views/buttons.ts';
import { replyEmbed } from '../../src/discord/views/embeds.ts';
import { plainText } from '../../src/discord/views/plain-text.ts';
import { pageNamed } from '../../src/guide/renamed.ts';
import type { Messages } from '../../src/i18n/index.ts';
import {
  ConflictError,
  MAX_REPLIES,
  MissingReplyError,
  type Reply,
  TooManyRepliesError,
} from '../../src/replies/reply.ts';
import { removeReply, undoReply } from '../../src/replies/repository.ts';
import { isOwnTopic } from '../../src/replies/topic-id.ts';
import type { Topic } from '../../src/replies/topics.ts';
import type { Store } from '../../src/store/store.ts';
import { type EditId, writeEditId } from './ids.ts';

/** Asks before a removal, and shows the text that would be removed. */
export function confirmRemoval(topic: Topic, reply: Reply, messages: Messages): Answer {
  const { edit, faq, confirm } = messages;
  const isOwn = topic.kind === 'reply';
  const yes = writeEditId({ action: 'remove', number: reply.revision, topic: reply.topic });
  return replyPrivately(
    messageBody({
      content: isOwn ? edit.askRemove(plainText(reply.title)) : edit.askRemoveOverride(plainText(topic.page.title)),
      embeds: [replyEmbed(reply, isOwn ? faq.own : faq.override)],
      components: confirmRow(plainButton(confirm.remove, yes, ButtonStyle.Danger), messages),
    }),
  );
}

/** Removes the reply. @throws {Refusal} if it was changed or removed since the question */
export async function remove(
  interaction: ComponentInteraction,
  { topic, number }: EditId,
  context: RenderContext,
  store: Store,
): Promise<MessageBody> {
  const { edit } = context.messages;
  const saving = { ...savingOf(interaction), topic, expected: number };
  const removed = await removeReply(store, saving).catch((error) => {
    throw asRefusal(error, context.messages);
  });
  const page = pageNamed(context.edition, topic);
  return messageBody({
    content: page ? edit.overrideRemoved(plainText(page.title)) : edit.removed(plainText(removed.title)),
  });
}

/** Undoes the newest revision of a topic. @throws {Refusal} if there is none */
export async function undo(
  interaction: ChatInputInteraction,
  topic: string,
  context: RenderContext,
  store: Store,
): Promise<MessageBody> {
  const { edit, faq } = context.messages;
  const reply = await undoReply(store, { ...savingOf(interaction), topic }).catch((error) => {
    if (error instanceof MissingReplyError) throw new Refusal(isOwnTopic(topic) ? edit.gone : edit.notOwn);
    throw asRefusal(error, context.messages);
  });
  if (reply.state === 'shown') {
    const footer = isOwnTopic(topic) ? faq.own : faq.override;
    return messageBody({ content: edit.undone(plainText(reply.title)), embeds: [replyEmbed(reply, footer)] });
  }
  const page = pageNamed(context.edition, topic);
  return messageBody({
    content: page ? edit.undoneToGuide(plainText(page.title)) : edit.undoneToNothing(plainText(reply.title)),
  });
}

function savingOf(interaction: ComponentInteraction | ChatInputInteraction) {
  return { guildId: interaction.guild_id ?? '', authorId: userIdOf(interaction) ?? '', cause: interaction.id };
}

function asRefusal(error: unknown, { edit }: Messages): unknown {
  if (error instanceof ConflictError) return new Refusal(edit.changedMeanwhile);
  if (error instanceof TooManyRepliesError) return new Refusal(edit.full(MAX_REPLIES));
  return error instanceof MissingReplyError ? new Refusal(edit.gone) : error;
}
