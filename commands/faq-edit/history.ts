// Who changed a topic and when, newest first.
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { COLOR } from '../../src/discord/views/colors.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { replyHistory } from '../../src/replies/repository.ts';
import type { Store } from '../../src/store/store.ts';
import { unixSeconds } from '../../src/time.ts';
import { writeEditId } from './ids.ts';

const PER_PAGE = 10;
const MAX_EXCERPT = 150;
/** Leaves room in an embed's title for the text around it. */
const MAX_TITLE = 200;

/** A page of a topic's history. @param before shows only revisions with lower numbers */
export async function historyPage(
  guildId: string,
  topic: string,
  before: number | undefined,
  { messages, edition, topics }: RenderContext,
  store: Store,
): Promise<MessageBody> {
  const revisions = await replyHistory(store, { guildId, topic }, PER_PAGE + 1, before);
  const [newest] = revisions;
  if (!newest) return messageBody({ content: edition.pages.has(topic) ? messages.edit.noHistory : messages.edit.gone });
  const shown = revisions.slice(0, PER_PAGE);
  const oldest = shown.at(-1);
  const isMore = revisions.length > PER_PAGE && oldest !== undefined;
  const next = isMore
    ? [plainButton(messages.page.next, writeEditId({ action: 'history', number: oldest.revision, topic }))]
    : [];
  const embed = {
    color: COLOR.information,
    title: messages.edit.history(plainTextWithin(topics.find(topic)?.title ?? newest.title, MAX_TITLE)),
    description: shown.map((revision) => lineOf(revision, messages)).join('\n\n'),
  };
  return messageBody({ embeds: [embed], components: rowsOf(next) });
}

function lineOf({ revision, action, savedBy, savedAt, title, text, state }: Reply, { edit }: Messages): string {
  const head = edit.revision(revision, edit.action[action], savedBy, unixSeconds(savedAt));
  if (state === 'removed') return head;
  return `${head}\n> ${plainTextWithin(`${title}: ${text}`, MAX_EXCERPT)}`;
}
