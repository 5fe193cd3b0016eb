// **Try it**: shows the person what members see when somebody asks.
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { cut, MAX_CONTENT } from '../../src/discord/limits.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { renderResultPublicly } from '../../src/discord/views/ask.ts';
import { renderPostAnswer } from '../../src/discord/views/forum.ts';
import { plainText } from '../../src/discord/views/plain-text.ts';
import type { Edition } from '../../src/guide/model.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { POST_THRESHOLDS } from '../../src/search/thresholds.ts';
import type { SetupServices } from './services.ts';

/** Example questions that are tried until one is answered. */
const MAX_TRIED = 20;

/**
 * A sample question with its answer: as in a forum if there is one to answer in, otherwise as in a channel.
 * @param messages for the person who tries it
 * @param context of the server's public messages
 */
export async function sampleAnswer(
  messages: Messages,
  context: RenderContext,
  { answering, hasGateway }: Pick<SetupServices, 'answering' | 'hasGateway'>,
): Promise<MessageBody> {
  const { original, topics, settings } = context;
  const isForum = hasGateway && settings.forums.length > 0;
  for (const question of sampleQuestions(context)) {
    const found = await answering.ask(question, original, topics, isForum ? { thresholds: POST_THRESHOLDS } : {});
    if (found.kind !== 'sure') continue;
    const body = isForum ? renderPostAnswer(found.topics, context) : renderResultPublicly(found, context);
    const content = [messages.setup.sample(plainText(question)), body.content].filter(Boolean).join('\n\n');
    return { ...body, content: cut(content, MAX_CONTENT) };
  }
  return messageBody({ content: messages.setup.noSample });
}

/** The first example question of each page, beginning with the pages of the first guide. */
function sampleQuestions({ edition, original }: RenderContext): string[] {
  const own = firstQuestions(edition);
  return (own.length > 0 ? own : firstQuestions(original)).slice(0, MAX_TRIED);
}

function firstQuestions({ guides }: Edition): string[] {
  return guides.flatMap(({ pages }) => pages).flatMap(({ questions }) => questions.slice(0, 1));
}
