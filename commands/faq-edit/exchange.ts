// All replies of a server as one Markdown file, out and in again; an import shows first what it would change.

import type { RawFile } from 'discord.js';
import { type APIAttachment, ButtonStyle } from 'discord-api-types/v10';
import { type MessageBody, messageBody, Refusal } from '../../src/discord/answer.ts';
import { AttachmentError, fetchAttachment } from '../../src/discord/attachment.ts';
import { confirmRow, plainButton } from '../../src/discord/buttons.ts';
import type { Bot, PressInteraction, SlashInteraction } from '../../src/discord/command.ts';
import { cut, EMBED } from '../../src/discord/limits.ts';
import { idOption, userIdOf } from '../../src/discord/options.ts';
import type { Reading } from '../../src/discord/reading.ts';
import { exportReplies, MAX_FILE } from '../../src/faq/exchange.ts';
import { type IncomingReply, importReplies, planImport } from '../../src/faq/import.ts';
import { importFile } from '../../src/faq/read-file.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Words } from '../../src/words/index.ts';
import { writeEditId } from './ids.ts';

type WithFiles = MessageBody & { files?: RawFile[] };
const NAME = 'replies';
const TITLES = 15;

/** Every shown reply as a file. */
export async function exportFile(guildId: string, words: Words, { book }: Bot): Promise<WithFiles> {
  const replies = await book.repliesOf(guildId);
  if (replies.length === 0) return messageBody({ content: words.exchange.nothing });
  const texts = exportReplies(replies);
  const files = texts.map((text, i) => fileOf(texts.length === 1 ? `${NAME}.md` : `${NAME}-${i + 1}.md`, text));
  return { ...messageBody({ content: words.exchange.exported(replies.length) }), files };
}

/**
 * Reads a file and asks. The file goes along with the question, so that the answer needs no memory: whichever replica
 * gets the click reads it again.
 */
export async function planImportOf(
  interaction: SlashInteraction,
  guildId: string,
  reading: Reading,
  bot: Bot,
): Promise<WithFiles> {
  const { exchange, confirm } = reading.words;
  const attachment = interaction.data.resolved?.attachments?.[idOption(interaction, 'file') ?? ''];
  const { text, replies } = await read(attachment, reading, bot);
  const { added, changed, same } = planImport(await bot.book.repliesOf(guildId), replies);
  const count = added.length + changed.length;
  if (count === 0) return messageBody({ content: exchange.allSame });
  const yes = plainButton(
    confirm.import(count),
    writeEditId({ act: 'import', revision: count, topic: '' }),
    ButtonStyle.Primary,
  );
  const fields = [
    { name: exchange.added, value: titlesOf(added, reading.words) },
    { name: exchange.changed, value: titlesOf(changed, reading.words) },
  ].filter(({ value }) => value !== '');
  const body = messageBody({
    content: exchange.plan(added.length, changed.length, same.length),
    embeds: [{ fields }],
    components: confirmRow(yes, reading.words),
  });
  return { ...body, files: [fileOf(`${NAME}.md`, text)] };
}

/** Imports the file of the question whose button was pressed. */
export async function runImport(
  interaction: PressInteraction,
  guildId: string,
  reading: Reading,
  bot: Bot,
): Promise<WithFiles> {
  const { replies } = await read(interaction.message.attachments[0], reading, bot);
  const saving = { guildId, authorId: userIdOf(interaction) ?? '', cause: interaction.id };
  const saved = await importReplies(bot.store, saving, replies);
  return messageBody({ content: reading.words.exchange.imported(saved.length) });
}

async function read(
  attachment: APIAttachment | undefined,
  { words, edition }: Reading,
  { apiUrl }: Bot,
): Promise<{ text: string; replies: readonly IncomingReply[] }> {
  const { exchange } = words;
  if (!attachment) throw new Refusal(exchange.notFetched);
  const bytes = await fetchAttachment(attachment, apiUrl, MAX_FILE).catch((error) => {
    if (!(error instanceof AttachmentError)) throw error;
    throw new Refusal(
      { elsewhere: exchange.elsewhere, large: exchange.tooLarge, failed: exchange.notFetched }[error.kind],
    );
  });
  const path = typeof attachment.filename === 'string' ? attachment.filename : `${NAME}.md`;
  const { replies, findings } = importFile(bytes, { path, pages: [...edition.pages.keys()] });
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0)
    throw new Refusal(cut(`${exchange.findings}\n${errors.map((one) => `- ${formatFinding(one)}`).join('\n')}`, 2000));
  return { text: Buffer.from(bytes).toString(), replies };
}

function titlesOf(replies: readonly IncomingReply[], { exchange }: Words): string {
  const lines = replies.slice(0, TITLES).map(({ title }) => `- ${cut(title, 60)}`);
  if (replies.length > TITLES) lines.push(exchange.more(replies.length - TITLES));
  return cut(lines.join('\n'), EMBED.fieldValue);
}

function fileOf(name: string, text: string): RawFile {
  return { name, data: Buffer.from(text), contentType: 'text/markdown' };
}
