// Importing a file of replies: first the plan is shown, then a button runs it.
import type { RawFile } from 'discord.js';
import { type APIAttachment, ButtonStyle } from 'discord-api-types/v10';
import { type MessageBody, messageBody, type Progress, Refusal } from '../../src/discord/answer.ts';
import { AttachmentError, fetchAttachment } from '../../src/discord/attachment.ts';
import type { ChatInputInteraction, ComponentInteraction } from '../../src/discord/command.ts';
import { codePoints, MAX_CONTENT } from '../../src/discord/limits.ts';
import { idOption, userIdOf } from '../../src/discord/options.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { confirmRow, plainButton } from '../../src/discord/views/buttons.ts';
import { plainText, plainTextWithin } from '../../src/discord/views/plain-text.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Finding } from '../../src/guide/model.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { MAX_FILE_BYTES, MAX_PLAIN_FILE_BYTES } from '../../src/replies/format-file.ts';
import { compress, isGzip } from '../../src/replies/gzip.ts';
import {
  type ImportPlan,
  type IncomingReply,
  importReplies,
  PlanChangedError,
  planImport,
} from '../../src/replies/import.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { ConflictError, MAX_REPLIES, TooManyRepliesError } from '../../src/replies/reply.ts';
import { type EditId, writeEditId } from './ids.ts';
import { createProgressReport } from './progress.ts';
import type { EditServices } from './services.ts';
import { capacityFor } from './upload-limits.ts';

type WithFiles = MessageBody & { files?: RawFile[] };
const NAME = 'replies.md';
const MAX_TITLES = 15;
const MAX_TITLE_LENGTH = 60;

/**
 * Reads a file and asks whether to import it. The file is attached to the question, so that no state on the server is
 * needed: any process that gets the click reads it again.
 */
export function askToImport(
  interaction: ChatInputInteraction,
  guildId: string,
  context: RenderContext,
  services: EditServices,
): Promise<WithFiles> {
  return services.fileQueue(async () => {
    const { exchange } = context.messages;
    const attachment = interaction.data.resolved?.attachments?.[idOption(interaction, 'file') ?? ''];
    const { bytes, replies, warnings } = await readAttachment(attachment, context, services);
    const shown = await services.replyCache.repliesOf(guildId);
    const plan = await planImport(shown, replies);
    if (plan.added.length > 0 && shown.length + plan.added.length > MAX_REPLIES)
      throw new Refusal(exchange.full(plan.added.length, MAX_REPLIES));
    const question = ask(plan, warnings, context.messages);
    if (question.components?.length === 0) return question;
    const file = await attachedFile(bytes);
    if (Buffer.byteLength(file.data) > capacityFor(interaction).bytes) throw new Refusal(exchange.tooLargeCompressed);
    return { ...question, files: [file] };
  });
}

/** Imports the file attached to the question, or asks again if the plan has changed since. */
export function runImport(
  interaction: ComponentInteraction,
  guildId: string,
  { number: count, digest }: EditId,
  context: RenderContext,
  services: EditServices,
  progress: Progress,
): Promise<WithFiles> {
  return services.fileQueue(async () => {
    const { exchange } = context.messages;
    const { replies, warnings } = await readAttachment(interaction.message.attachments[0], context, services);
    const saving = { guildId, authorId: userIdOf(interaction) ?? '', cause: interaction.id };
    const report = createProgressReport(services.clock, progress, (written, total) =>
      exchange.importing(written, total),
    );
    try {
      const saved = await importReplies(services.store, saving, replies, {
        expected: digest ?? count,
        onProgress: report.update,
      });
      return messageBody({ content: exchange.imported(saved) });
    } catch (error) {
      // The file stays attached to the question.
      if (error instanceof PlanChangedError) return ask(error.plan, warnings, context.messages, exchange.planChanged);
      if (error instanceof ConflictError) throw new Refusal(exchange.planBusy);
      if (error instanceof TooManyRepliesError) throw new Refusal(exchange.full(error.added, MAX_REPLIES));
      throw error;
    } finally {
      await report.settled();
    }
  });
}

/** The question about a plan; without buttons if there is nothing to do. @param wrap adds text around the plan's */
function ask(
  { added, changed, unchanged: same, digest }: ImportPlan,
  warnings: readonly Finding[],
  messages: Messages,
  wrap: (plan: string) => string = (plan) => plan,
): MessageBody {
  const { exchange, confirm } = messages;
  const count = added.length + changed.length;
  if (count === 0) return messageBody({ content: exchange.allSame });
  const id = writeEditId({ action: 'import', number: count, topic: '', digest });
  const fields = [
    { name: exchange.added, value: titlesOf(added, messages) },
    { name: exchange.changed, value: titlesOf(changed, messages) },
  ].filter(({ value }) => value !== '');
  const content = wrap(exchange.plan(added.length, changed.length, same.length));
  const room = MAX_CONTENT - codePoints(content) - 1;
  return messageBody({
    content: warnings.length === 0 ? content : `${content}\n${listOf(exchange.warnings, warnings, room, messages)}`,
    embeds: [{ fields }],
    components: confirmRow(plainButton(confirm.import(count), id, ButtonStyle.Primary), messages),
  });
}

async function readAttachment(
  attachment: APIAttachment | undefined,
  { messages, edition }: RenderContext,
  { apiUrl, clock }: EditServices,
): Promise<{ bytes: Uint8Array; replies: readonly IncomingReply[]; warnings: readonly Finding[] }> {
  const { exchange } = messages;
  if (!attachment) throw new Refusal(exchange.notFetched);
  const bytes = await fetchAttachment(attachment, apiUrl, MAX_FILE_BYTES, { clock }).catch((error) => {
    if (!(error instanceof AttachmentError)) throw error;
    throw new Refusal(
      { elsewhere: exchange.elsewhere, large: exchange.tooLarge, failed: exchange.notFetched }[error.kind],
    );
  });
  const path = typeof attachment.filename === 'string' ? attachment.filename : NAME;
  const { replies, findings } = await parseReplyFile(bytes, { path, pages: [...edition.pages.keys()] });
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Refusal(listOf(exchange.findings, errors, MAX_CONTENT, messages));
  return { bytes, replies, warnings: findings };
}

/** A heading, and below it as many whole findings as fit into `room` code points. */
function listOf(head: string, findings: readonly Finding[], room: number, { exchange }: Messages): string {
  let text = head;
  for (const [i, finding] of findings.entries()) {
    const line = `\n- ${plainText(formatFinding(finding))}`;
    const more = `\n${exchange.more(findings.length - i)}`;
    if (codePoints(text + line + more) > room) return text + more;
    text += line;
  }
  return text;
}

/** The file as it is attached to the question: compressed if it is large. */
async function attachedFile(bytes: Uint8Array): Promise<RawFile & { data: Buffer }> {
  if (!isGzip(bytes) && bytes.byteLength <= MAX_PLAIN_FILE_BYTES)
    return { name: NAME, data: Buffer.from(bytes), contentType: 'text/markdown' };
  const data = isGzip(bytes) ? Buffer.from(bytes) : await compress(bytes);
  return { name: `${NAME}.gz`, data, contentType: 'application/gzip' };
}

/** Fits into an embed's field: at most 15 lines of 62 code points, and a short one. */
function titlesOf(replies: readonly IncomingReply[], { exchange }: Messages): string {
  const lines = replies.slice(0, MAX_TITLES).map(({ title }) => `- ${plainTextWithin(title, MAX_TITLE_LENGTH)}`);
  if (replies.length > lines.length) lines.push(exchange.more(replies.length - lines.length));
  return lines.join('\n');
}
