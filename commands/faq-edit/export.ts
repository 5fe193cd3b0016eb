// All replies of a server as files, in one or more messages.
import type { RawFile } from 'discord.js';
import type { APIInteraction } from 'discord-api-types/v10';
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { exportReplies } from '../../src/replies/export.ts';
import { type EditId, writeEditId } from './ids.ts';
import type { EditServices } from './services.ts';
import { capacityFor } from './upload-limits.ts';

/** Every shown reply, or as many as fit into a message. @param next the pressed "Next part" button */
export function exportFiles(
  interaction: APIInteraction,
  guildId: string,
  { exchange }: Messages,
  { replyCache, fileQueue }: Pick<EditServices, 'replyCache' | 'fileQueue'>,
  next?: EditId,
): Promise<MessageBody & { files?: RawFile[] }> {
  return fileQueue(async () => {
    const replies = await replyCache.repliesOf(guildId);
    if (replies.length === 0) return messageBody({ content: exchange.nothing });
    const from = next && { after: next.topic, number: next.number };
    const exported = await exportReplies(replies, capacityFor(interaction), from);
    const { files, count, isCompressed, next: rest } = exported;
    if (count === 0) return messageBody({ content: exchange.noRest });
    const more = rest
      ? [plainButton(exchange.nextPart, writeEditId({ action: 'export', number: rest.number, topic: rest.after }))]
      : [];
    const content = !isCompressed
      ? exchange.exported(count)
      : count === replies.length
        ? exchange.exportedCompressed(count)
        : exchange.exportedPart(count, replies.length);
    const contentType = isCompressed ? 'application/gzip' : 'text/markdown';
    return {
      ...messageBody({ content, components: rowsOf(more) }),
      files: files.map(({ name, data }) => ({ name, data, contentType })),
    };
  });
}
