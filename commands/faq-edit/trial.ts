// A trial: before a reply is saved, what members who ask a question would get. The message carries the draft.
import { type APIMessage, ButtonStyle } from 'discord-api-types/v10';
import type { Clock } from '../../src/clock.ts';
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { cut, MAX_CONTENT } from '../../src/discord/limits.ts';
import type { QuestionAnswering, QuestionResult } from '../../src/discord/question-answering.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { CANCEL, plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { replyEmbed } from '../../src/discord/views/embeds.ts';
import { plainText } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { type Draft, normalizeDraft } from '../../src/replies/draft.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { isOwnTopic, newTopic } from '../../src/replies/topic-id.ts';
import { topicsOf } from '../../src/replies/topics.ts';
import { type EditId, writeEditId } from './ids.ts';

/** The person can wait, so that the draft is compared with all of the server's replies: at most 10,000. */
const TIMEOUTS_MS = { answerer: 20_000, replies: 20_000 };

interface TrialServices {
  readonly answering: QuestionAnswering;
  readonly clock: Clock;
}

/**
 * Shows what members who ask a question would get if a draft were saved.
 * @param id what would be saved: `add`, or `change` with a topic
 * @param draft a valid one
 */
export async function tryDraft(
  question: string,
  id: EditId,
  draft: Draft,
  context: RenderContext,
  { answering, clock }: TrialServices,
): Promise<MessageBody> {
  const { messages, edition, original, topics } = context;
  const reply = unsavedReply(id.topic || newTopic(clock), draft);
  const others = topics.replies.filter(({ topic }) => topic !== reply.topic);
  const found = await answering.ask(question, original, topicsOf(edition, [...others, reply]), {
    timeouts: TIMEOUTS_MS,
  });
  const { trial } = messages.edit;
  const lines = [trial.asked(plainText(question)), ...outcome(found, reply, messages)];
  // The button that is usually right stands out.
  const { Primary, Secondary } = ButtonStyle;
  const [save, edit] = isMissed(found, reply) ? ([Secondary, Primary] as const) : ([Primary, Secondary] as const);
  return messageBody({
    content: cut(lines.join('\n'), MAX_CONTENT),
    embeds: [asEmbed(reply, messages)],
    components: rowsOf([
      plainButton(trial.save, writeEditId({ ...id, action: 'save' }), save),
      plainButton(messages.confirm.editAgain, writeEditId({ ...id, action: 'rewrite' }), edit),
      plainButton(messages.confirm.cancel, CANCEL),
    ]),
  });
}

/** The draft that the message of a trial carries; undefined if it carries none. */
export function draftOf({ embeds: [embed] }: Pick<APIMessage, 'embeds'>): Draft | undefined {
  if (embed?.title === undefined || embed.description === undefined) return undefined;
  const aliases = embed.fields?.[0]?.value.split('\n') ?? [];
  return { title: embed.title, text: embed.description, aliases };
}

function unsavedReply(topic: string, draft: Draft): Reply {
  return {
    ...normalizeDraft(draft),
    guildId: '',
    topic,
    state: 'shown',
    revision: 0,
    action: 'add',
    savedBy: '',
    savedAt: new Date(0),
  };
}

function asEmbed(reply: Reply, { edit, faq }: Messages) {
  const names = { name: edit.trial.names, value: reply.aliases.join('\n') };
  const footer = isOwnTopic(reply.topic) ? faq.own : faq.override;
  return { ...replyEmbed(reply, footer), ...(reply.aliases.length > 0 ? { fields: [names] } : {}) };
}

function outcome(found: QuestionResult, { topic: own }: Reply, { edit: { trial } }: Messages): string[] {
  if (found.kind === 'busy') return [trial.busy];
  if (!('topics' in found)) return [trial[found.kind], trial.missing];
  const titles = found.topics.map(({ topic, title }) =>
    topic === own ? trial.thisReply(plainText(title)) : `**${plainText(title)}**`,
  );
  const [first = '', ...others] = titles;
  const shown =
    found.kind === 'unsure'
      ? [trial.unsure(titles.join(', '))]
      : [trial.sure(first), ...(others.length > 0 ? [trial.others(others.join(', '))] : [])];
  return isMissed(found, { topic: own }) ? [...shown, trial.missing] : shown;
}

/** Whether the question does not find the reply. */
function isMissed(found: QuestionResult, { topic: own }: Pick<Reply, 'topic'>): boolean {
  if (found.kind === 'busy') return false;
  return !('topics' in found) || found.topics.every(({ topic }) => topic !== own);
}
