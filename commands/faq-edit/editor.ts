// Writing a reply: its form is filled in, and what was typed into it is tried or saved.
import type { RawFile } from 'discord.js';
import { type Answer, type MessageBody, messageBody, Refusal } from '../../src/discord/answer.ts';
import type { ComponentInteraction, ModalInteraction } from '../../src/discord/command.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { errorMessageFor } from '../../src/discord/error-message.ts';
import { cut, EMBED_LIMITS, MAX_CONTENT } from '../../src/discord/limits.ts';
import { userIdOf } from '../../src/discord/options.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { replyEmbed } from '../../src/discord/views/embeds.ts';
import { plainCode, plainText } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
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
import { openForm, readForm } from './form.ts';
import { type EditId, writeEditId } from './ids.ts';
import type { EditServices } from './services.ts';
import { tryDraft } from './trial.ts';

/** Both texts of a conflict must fit into one message of 6,000 characters; the files have them whole. */
const MAX_EXCERPT = 2500;
/** Discord's limit of a text input, in UTF-16 units: its clients count those, and a code point has up to two. */
const MAX_FIELD = 4000;
/** Characters of a link that a message quotes. */
const MAX_SHOWN_LINK = 200;

/**
 * Opens the form: empty for a new reply, otherwise with the text that is shown now.
 * @throws {Refusal} if the text is too long for a form, as it can be after an import
 */
export function openEditor(topic: Topic | undefined, messages: Messages): Answer {
  const reply = topic?.kind === 'reply' ? topic.reply : topic?.override;
  const now =
    reply ??
    (topic?.kind === 'page'
      ? { title: topic.page.title, text: cut(withoutMarks(topic.page.text), DRAFT_LIMITS.text) }
      : {});
  const id: EditId = topic
    ? { action: 'change', number: reply?.revision ?? 0, topic: reply?.topic ?? topic.topic }
    : { action: 'add', number: 0, topic: '' };
  if ((reply?.text.length ?? 0) > MAX_FIELD) throw new Refusal(messages.edit.tooLongForForm);
  return openForm(id, now, messages);
}

/** A server reply has no sources: the guide's citation marks would point nowhere. */
function withoutMarks(text: string): string {
  return text.replace(/(\[\d{1,2}\])+/g, '');
}

/** Saves what was typed, or tries it with a question first. If it cannot be saved, the person gets the text back. */
export function submitForm(
  interaction: ModalInteraction,
  id: EditId,
  guildId: string,
  context: RenderContext,
  services: EditServices,
): Answer {
  const { draft, question } = readForm(interaction);
  return deferPrivately(async () => {
    const { messages } = context;
    const problems = checkDraft(draft);
    if (problems.length > 0)
      return notSaved(problems.map((one) => sentenceOf(one, messages)).join('\n'), draft, messages);
    if (isBlank(question))
      return saveDraft(interaction, id, draft, { guildId, cause: interaction.id }, messages, services);
    return tryDraft(question, id, draft, context, services).catch((error) =>
      notSaved(errorMessageFor(error, interaction, services), draft, messages),
    );
  });
}

/**
 * Saves a valid draft. If it cannot be saved, the person gets the text back.
 * @param id with a topic, which is changed; without one, a reply is added
 * @param place the server, and the cause of the saving: the same cause saves once
 */
export async function saveDraft(
  interaction: ModalInteraction | ComponentInteraction,
  { topic, number }: EditId,
  draft: Draft,
  place: { readonly guildId: string; readonly cause: string },
  messages: Messages,
  services: Pick<EditServices, 'contexts' | 'store' | 'log' | 'clock'>,
): Promise<MessageBody> {
  const saving = { ...place, authorId: userIdOf(interaction) ?? '' };
  try {
    const saved =
      topic === ''
        ? await addReply(services.store, saving, draft)
        : await changeReply(services.store, { ...saving, topic, expected: number }, draft);
    return savedBody(saved, messages);
  } catch (error) {
    if (error instanceof ConflictError && error.current?.state === 'shown')
      return conflict(error.current, draft, messages);
    if (error instanceof ConflictError || error instanceof MissingReplyError)
      return notSaved(messages.edit.conflictGone, draft, messages);
    if (error instanceof TooManyRepliesError) return notSaved(messages.edit.full(MAX_REPLIES), draft, messages);
    return notSaved(errorMessageFor(error, interaction, services), draft, messages);
  }
}

function savedBody(reply: Reply, messages: Messages): MessageBody {
  const isOwn = isOwnTopic(reply.topic);
  const lines = [messages.edit.saved(plainText(reply.title))];
  // A page has example questions, by which the server's text in place of it is found, too.
  if (isOwn && reply.action === 'add' && reply.aliases.length === 0) lines.push(messages.edit.noNames);
  const embed = replyEmbed(reply, isOwn ? messages.faq.own : messages.faq.override);
  return messageBody({ content: lines.join('\n'), embeds: [embed] });
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
