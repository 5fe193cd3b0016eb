// The modal in which a reply is written, and saving what was typed into it.
import type { RawFile } from 'discord.js';
import { type Answer, type MessageBody, messageBody, Refusal } from '../../src/discord/answer.ts';
import type { ModalInteraction } from '../../src/discord/command.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { errorMessageFor } from '../../src/discord/error-message.ts';
import { cut, EMBED_LIMITS, MAX_CONTENT } from '../../src/discord/limits.ts';
import { userIdOf } from '../../src/discord/options.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { replyEmbed } from '../../src/discord/views/embeds.ts';
import { fieldValue, openModal } from '../../src/discord/views/modal.ts';
import { plainCode, plainText } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { formatAliases, MAX_ALIASES_LENGTH, parseAliases } from '../../src/replies/aliases.ts';
import { isBlank, removeUnclosedDirectionMarks } from '../../src/replies/characters.ts';
import { checkDraft, DRAFT_LIMITS, type Draft, type DraftProblem, normalizeDraft } from '../../src/replies/draft.ts';
import {
  ConflictError,
  MAX_REPLIES,
  MissingReplyError,
  type Reply,
  TooManyRepliesError,
} from '../../src/replies/reply.ts';
import { addReply, changeReply } from '../../src/replies/repository.ts';
import { isOwnTopic } from '../../src/replies/topic-id.ts';
import type { Topic } from '../../src/replies/topics.ts';
import { type EditId, writeEditId } from './ids.ts';
import type { EditServices } from './services.ts';

/** Both texts of a conflict must fit into one message of 6,000 characters; the files have them whole. */
const MAX_EXCERPT = 2500;
/** Discord's limit of a text input, in UTF-16 units: its clients count those, and a code point has up to two. */
const MAX_FIELD = 4000;
/** Characters of a link that a message quotes. */
const MAX_SHOWN_LINK = 200;

/**
 * Opens the modal: empty for a new reply, otherwise with the text that is shown now.
 * @throws {Refusal} if the text is too long for a modal, as it can be after an import
 */
export function openEditor(topic: Topic | undefined, messages: Messages): Answer {
  const { edit } = messages;
  const reply = topic?.kind === 'reply' ? topic.reply : topic?.override;
  const now =
    reply ??
    (topic?.kind === 'page'
      ? { title: topic.page.title, text: cut(withoutMarks(topic.page.text), DRAFT_LIMITS.text), aliases: [] }
      : undefined);
  const id: EditId = topic
    ? { action: 'change', number: reply?.revision ?? 0, topic: reply?.topic ?? topic.topic }
    : { action: 'add', number: 0, topic: '' };
  const title = topic === undefined ? edit.addTitle : topic.kind === 'reply' ? edit.changeTitle : edit.overrideTitle;
  const value = (text: string | undefined) => (text ? { value: text } : {});
  if ((reply?.text.length ?? 0) > MAX_FIELD) throw new Refusal(edit.tooLongForForm);
  return openModal(writeEditId(id), title, [
    {
      id: 'title',
      label: edit.title,
      maxLength: Math.max(DRAFT_LIMITS.title, now?.title.length ?? 0),
      ...value(now?.title),
    },
    {
      id: 'text',
      label: edit.text,
      description: edit.textHint,
      isLong: true,
      maxLength: DRAFT_LIMITS.text,
      ...value(now?.text),
    },
    {
      id: 'aliases',
      label: edit.aliases,
      description: edit.aliasesHint,
      isLong: true,
      isOptional: true,
      maxLength: MAX_ALIASES_LENGTH,
      ...value(formatAliases(now?.aliases ?? [])),
    },
  ]);
}

/** A server reply has no sources: the guide's citation marks would point nowhere. */
function withoutMarks(text: string): string {
  return text.replace(/(\[\d{1,2}\])+/g, '');
}

/** Saves what was typed. If it cannot be saved, the person gets the text back. */
export function saveDraft(
  interaction: ModalInteraction,
  id: EditId,
  guildId: string,
  messages: Messages,
  services: Pick<EditServices, 'store' | 'log' | 'clock'>,
): Answer {
  const draft: Draft = {
    title: fieldValue(interaction, 'title'),
    text: fieldValue(interaction, 'text'),
    aliases: parseAliases(fieldValue(interaction, 'aliases')),
  };
  const saving = { guildId, authorId: userIdOf(interaction) ?? '', cause: interaction.id };
  return deferPrivately(async () => {
    const problems = checkDraft(draft);
    if (problems.length > 0)
      return notSaved(problems.map((one) => sentenceOf(one, messages)).join('\n'), draft, messages);
    try {
      const saved =
        id.action === 'add'
          ? await addReply(services.store, saving, draft)
          : await changeReply(services.store, { ...saving, topic: id.topic, expected: id.number }, draft);
      return savedBody(saved, messages);
    } catch (error) {
      if (error instanceof ConflictError && error.current?.state === 'shown')
        return conflict(error.current, draft, messages);
      if (error instanceof ConflictError || error instanceof MissingReplyError)
        return notSaved(messages.edit.conflictGone, draft, messages);
      if (error instanceof TooManyRepliesError) return notSaved(messages.edit.full(MAX_REPLIES), draft, messages);
      return notSaved(errorMessageFor(error, interaction, services), draft, messages);
    }
  });
}

function savedBody(reply: Reply, messages: Messages): MessageBody {
  const footer = isOwnTopic(reply.topic) ? messages.faq.own : messages.faq.override;
  return messageBody({ content: messages.edit.saved(plainText(reply.title)), embeds: [replyEmbed(reply, footer)] });
}

function notSaved(why: string, draft: Draft, messages: Messages): MessageBody & { files: RawFile[] } {
  const body = messageBody({
    content: cut(messages.edit.notSaved(why), MAX_CONTENT),
    embeds: [asEmbed(draft, messages.edit.yours, DRAFT_LIMITS.text)],
  });
  return { ...body, files: [asFile('your-text.md', draft)] };
}

/** Two moderators edited it at the same time: the second sees both texts, and can edit the first one's. */
function conflict(current: Reply, draft: Draft, messages: Messages): MessageBody & { files: RawFile[] } {
  const again = writeEditId({ action: 'again', number: 0, topic: current.topic });
  const body = messageBody({
    content: messages.edit.conflict(current.savedBy),
    embeds: [asEmbed(current, messages.edit.now, MAX_EXCERPT), asEmbed(draft, messages.edit.yours, MAX_EXCERPT)],
    components: rowsOf([plainButton(messages.confirm.editAgain, again)]),
  });
  return { ...body, files: [asFile('shown-now.md', current), asFile('your-text.md', draft)] };
}

function asEmbed({ title, text }: Draft, footer: string, limit: number) {
  return {
    title: cut(isBlank(title) ? '—' : removeUnclosedDirectionMarks(title.trim()), EMBED_LIMITS.title),
    description: cut(isBlank(text) ? '—' : removeUnclosedDirectionMarks(text), limit),
    footer: { text: footer },
  };
}

function asFile(name: string, { title, text, aliases }: Draft): RawFile {
  const lines = [title, '', ...normalizeDraft({ title, text, aliases }).aliases.map((alias) => `> ${alias}`), '', text];
  return { name, data: Buffer.from(lines.join('\n')), contentType: 'text/markdown' };
}

function sentenceOf({ field, kind, limit, value }: DraftProblem, { edit }: Messages): string {
  const label = { title: edit.title, text: edit.text, aliases: edit.aliases }[field];
  switch (kind) {
    case 'long':
    case 'many':
      return edit.problem[kind](label, limit ?? 0);
    case 'link':
      return edit.problem.link(label, plainCode(value ?? '', MAX_SHOWN_LINK));
    default:
      return edit.problem[kind](label);
  }
}
