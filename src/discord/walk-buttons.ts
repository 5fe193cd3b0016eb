// The buttons of a walk. After a click on a public message the router sends their answer as a new private message.
import type { REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Page } from '../guide/model.ts';
import { currentPage, type Path, startOver } from '../guide/walk.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import { type Answer, type MessageBody, messageBody, updateMessage } from './answer.ts';
import type { ComponentInteraction } from './command.ts';
import { isWalkId, type Origin, readWalkId, type WalkAction, type WalkId } from './custom-id.ts';
import { deferUpdate } from './deferred.ts';
import { isDmClosed } from './errors.ts';
import { isPrivateMessage, userIdOf, walkLocaleOf } from './options.ts';
import { isUnchangedPage, type PageAnswerCache } from './page-answers.ts';
import type { ContextRequest, ContextSource, RenderContext } from './render-context.ts';
import { openDm, postMessage } from './requests.ts';
import { createPressRecorder } from './usage.ts';
import { renderOffers, renderReply, renderUnknown } from './views/ask.ts';
import { renderHelp } from './views/help.ts';
import { renderFeedback, renderPage } from './views/page.ts';
import { questionOf, underQuestion } from './views/person.ts';
import { planEmbed, renderPlan } from './views/plan.ts';
import { renderSources } from './views/sources.ts';

interface WalkButtonServices {
  readonly contexts: ContextSource;
  readonly pageAnswers: PageAnswerCache;
  readonly stats: StatsRecorder;
  readonly rest: REST;
  readonly clock: Clock;
}

/** Answers every button of a walk, including those of earlier versions. */
export function createWalkButtons({ contexts, pageAnswers, stats, rest, clock }: WalkButtonServices) {
  const recordPress = createPressRecorder(stats, clock.monotonic);
  return {
    matches: isWalkId,
    async onComponent(interaction: ComponentInteraction): Promise<Answer> {
      const { custom_id: customId } = interaction.data;
      const context = await contexts.contextFor(interaction, walkLocaleOf(interaction));
      const key = `${contexts.content.version} ${context.edition.locale} ${customId}`;
      const cached = pageAnswers.get(key);
      if (cached?.id && showsPageAlone(interaction, cached.id, cached.page, context)) {
        recordPress(interaction, cached.id, cached.page, context.edition);
        return cached.answer;
      }
      const id = readWalkId(customId, context.edition);
      const offered = id && showOffers(id, context);
      if (offered) {
        recordPress(interaction, id, undefined, context.edition);
        return updateMessage(underQuestion(offered, questionOf(interaction.message)));
      }
      if (!id?.path) return answerUnknownButton(contexts, interaction, walkLocaleOf(interaction));
      const { path } = id;
      const page = pageShown(id, path, context);
      const answer = answerTo(interaction, id, path, context, rest);
      recordPress(interaction, id, page, context.edition);
      return showsPageAlone(interaction, id, page, context) ? pageAnswers.add(key, { answer, page, id }) : answer;
    },
  };
}

/** Whether the answer depends only on the content, the locale and the custom_id. */
function showsPageAlone(interaction: ComponentInteraction, id: WalkId, page: Page, context: RenderContext): boolean {
  const isPageAlone = SHOWS_PAGE.has(id.action) && !id.origin && !id.isMoved;
  return isPageAlone && isUnchangedPage(page, context) && isPrivateMessage(interaction);
}

function answerTo(
  interaction: ComponentInteraction,
  id: WalkId,
  path: Path,
  context: RenderContext,
  rest: REST,
): Answer {
  const walking = id.origin ? { ...context, origin: id.origin } : context;
  if (!id.isMoved && OPENS_GUIDE.has(id.action))
    return updateMessage(renderPage([pageShown(id, path, context)], context));
  // The question goes along with a walk that began with it.
  const question = id.origin && questionOf(interaction.message);
  const withQuestion = (body: MessageBody) => underQuestion(body, question);
  if (id.action === 'sendPlan') return sendPlan(interaction, path, walking, { rest, withQuestion });
  return updateMessage(withQuestion(renderResult(id, path, walking)));
}

/** Actions that show the first page of a guide. */
const OPENS_GUIDE: ReadonlySet<WalkAction> = new Set(['startOver', 'openGuide']);
/** Actions whose answer is a page and nothing else. */
const SHOWS_PAGE: ReadonlySet<WalkAction> = new Set(['open', 'openIn', 'back', 'toPage', 'startOver', 'openGuide']);

/** The page that the answer to a button shows. */
function pageShown({ action }: WalkId, path: Path, { edition }: RenderContext): Page {
  return OPENS_GUIDE.has(action) ? startOver(edition, path) : currentPage(path);
}

/** The message after a button of a question: its topics, a server reply, or "none of these". Undefined for others. */
function showOffers({ action, origin, path, reply }: WalkId, context: RenderContext): MessageBody | undefined {
  if (!origin) return undefined;
  if (action === 'offers') return renderOffers(withoutRefused(origin), context);
  if (action === 'openIn' && !path) return renderOffers(origin, context);
  if (action === 'none') return renderUnknown(context);
  if (action !== 'reply') return undefined;
  const topic = context.topics.find(reply ?? '');
  return topic?.kind === 'reply' ? renderReply(topic, origin, context) : renderOffers(origin, context);
}

/** After “Not this” the topic that was not meant is not offered again. */
function withoutRefused({ isGuess, topics }: Origin): Origin {
  return { isGuess: false, topics: isGuess ? topics.slice(1) : topics };
}

/** Answers a button that the bot cannot read: with the guides, and an explanation. */
export async function answerUnknownButton(
  contexts: ContextSource,
  interaction: ContextRequest,
  locale?: string,
): Promise<Answer> {
  const context = await contexts.contextFor(interaction, locale);
  return updateMessage(renderHelp(contexts.content, context, context.messages.help.lost));
}

function renderResult(id: WalkId, path: Path, context: RenderContext): MessageBody {
  const { messages } = context;
  if (id.isMoved) return renderPage(path, context, messages.page.moved);
  switch (id.action) {
    case 'plan':
      return renderPlan(path, context);
    case 'sources':
      return renderSources(path, context);
    case 'helped':
      return renderFeedback(path, context, true);
    case 'notHelped':
      return renderFeedback(path, context, false);
    default:
      return renderPage(path, context);
  }
}

/** Opening a DM and sending to it are two requests: the click is acknowledged first. */
function sendPlan(
  interaction: ComponentInteraction,
  path: Path,
  context: RenderContext,
  { rest, withQuestion }: { rest: REST; withQuestion: (body: MessageBody) => MessageBody },
): Answer {
  return deferUpdate(async () => {
    try {
      const channel = await openDm(rest, userIdOf(interaction) ?? '');
      await postMessage(rest, channel.id, messageBody({ embeds: [planEmbed(path, context, true)] }), {
        nonce: interaction.id,
      });
    } catch (error) {
      const { plan } = context.messages;
      return withQuestion(renderPlan(path, context, { notice: isDmClosed(error) ? plan.closed : plan.failed }));
    }
    return withQuestion(renderPlan(path, context, { notice: context.messages.plan.sent, isSent: true }));
  });
}
