// The buttons of a walk. The router turns what they do to a public message into the clicker's own private walk.
import type { Page } from '../guide/model.ts';
import { here, startOver, type Way, wayTo } from '../guide/walk.ts';
import { type Answer, type MessageBody, messageBody, updateMessage } from './answer.ts';
import type { Bot, PressInteraction, Responder } from './command.ts';
import { type Action, isWalkId, readWalkId, type WalkId } from './custom-id.ts';
import { deferUpdate } from './deferred.ts';
import { isDmClosed } from './errors.ts';
import { isPrivateMessage, userIdOf } from './options.ts';
import { type Reading, readingFor } from './render-context.ts';
import { openDm, postMessage } from './requests.ts';
import { openPressCounting } from './usage.ts';
import { renderOffers, renderReply, renderUnknown } from './views/ask.ts';
import { renderHelp } from './views/help.ts';
import { planEmbed, renderAnswered, renderPage, renderPlan } from './views/page.ts';
import { answerWithPage } from './views/page-answer.ts';

/** What answers every button of a walk, of whatever age. */
export function createWalkButtons(): Required<Pick<Responder, 'owns' | 'press'>> {
  const countPress = openPressCounting();
  return {
    owns: isWalkId,
    async press(interaction, bot) {
      const reading = await readingFor(interaction, bot);
      const id = readWalkId(interaction.data.custom_id, reading.edition);
      const offered = id && showOffers(id, reading);
      if (offered) {
        countPress(bot.counters, interaction, id, undefined, reading.edition);
        return updateMessage(offered);
      }
      if (!id?.way) return lostButton.press(interaction, bot);
      const answer = answerTo(interaction, id, id.way, reading, bot);
      countPress(bot.counters, interaction, id, pageShown(id, id.way, reading), reading.edition);
      return answer;
    },
  };
}

function answerTo(interaction: PressInteraction, id: WalkId, way: Way, reading: Reading, bot: Bot): Answer {
  const walking = id.origin ? { ...reading, origin: id.origin } : reading;
  if (id.action === 'sendPlan') return sendPlan(interaction, way, walking, bot);
  const place = isPrivateMessage(interaction) ? 'update' : 'private';
  if (!id.moved && GOES_ON.has(id.action)) return answerWithPage(way, walking, place);
  if (!id.moved && BEGINS_ANEW.has(id.action))
    return answerWithPage(wayTo(pageShown(id, way, reading)), reading, place);
  return updateMessage(show(id, way, walking));
}

/** What shows the page at the end of the way as it is, and what shows the first page of a guide. */
const GOES_ON: ReadonlySet<Action> = new Set(['open', 'back', 'toPage']);
const BEGINS_ANEW: ReadonlySet<Action> = new Set(['startOver', 'openGuide']);

/** The page that the answer to a button shows. */
function pageShown({ action }: WalkId, way: Way, { edition }: Reading): Page {
  return BEGINS_ANEW.has(action) ? startOver(edition, way) : here(way);
}

/** What belongs to a question rather than to a page: its topics, an own reply, or none of them. */
function showOffers({ action, origin, reply }: WalkId, reading: Reading): MessageBody | undefined {
  if (!origin) return undefined;
  if (action === 'offers') return renderOffers(origin, reading);
  if (action === 'none') return renderUnknown(reading, false);
  if (action !== 'reply') return undefined;
  const topic = reading.topics.find(reply ?? '');
  return topic?.kind === 'reply' ? renderReply(topic, origin, reading) : renderOffers(origin, reading);
}

/** A button that no version of the bot can read: the guides, with a word of explanation. */
export const lostButton: Required<Pick<Responder, 'press'>> = {
  async press(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    return updateMessage(renderHelp(bot.content, reading, reading.words.help.lost));
  },
};

function show(id: WalkId, way: Way, reading: Reading): MessageBody {
  const { words } = reading;
  if (id.moved) return renderPage(way, reading, words.page.moved);
  switch (id.action) {
    case 'plan':
      return renderPlan(way, reading);
    case 'helped':
      return renderAnswered(way, reading, words.feedback.thanks);
    case 'notHelped':
      return renderAnswered(way, reading, words.feedback.sorry);
    default:
      return renderPage(way, reading);
  }
}

/** Opening a DM and writing to it are two requests: the click is acknowledged first. */
function sendPlan(interaction: PressInteraction, way: Way, reading: Reading, { rest }: Bot): Answer {
  return deferUpdate(async () => {
    try {
      const channel = await openDm(rest, userIdOf(interaction) ?? '');
      await postMessage(rest, channel.id, messageBody({ embeds: [planEmbed(way, reading)] }), {
        nonce: interaction.id,
      });
    } catch (error) {
      const { plan } = reading.words;
      return renderPlan(way, reading, { notice: isDmClosed(error) ? plan.closed : plan.failed });
    }
    return renderPlan(way, reading, { notice: reading.words.plan.sent, isSent: true });
  });
}
