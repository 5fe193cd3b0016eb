// Counts clicks in walks, and questions. Nothing about the person is stored.
import QuickLRU from 'quick-lru';
import type { Edition, Page } from '../guide/model.ts';
import { recordStep, type StatsRecorder } from '../stats/recorder.ts';
import type { ComponentInteraction } from './command.ts';
import { readWalkId, type WalkAction, type WalkId } from './custom-id.ts';
import { isPrivateMessage, userIdOf } from './options.ts';
import type { QuestionResult } from './question-answering.ts';

/** The second of two clicks on a message within this time may still belong to what it showed before the first. */
const DOUBLE_CLICK_MS = 3000;
/** Messages whose last click is remembered; twice as many at most. */
const REMEMBERED_MESSAGES = 1000;

/** Actions that show more about the pages of a walk, and neither leave a page nor read another. */
const STAYS_ON_PAGE: ReadonlySet<WalkAction> = new Set(['plan', 'sendPlan', 'sources']);
/** How `/insights` counts a question, by what was found for it. */
const OUTCOMES = { sure: 'answered', unsure: 'unsure', declined: 'declined', pointer: 'declined' } as const;

/** The last click on a message. */
interface Click {
  readonly customId: string;
  readonly from: WalkId['from'];
  readonly to: Page | undefined;
  readonly at: number;
}

/** Counts a click on a button of a walk. @param shown the page that the answer shows; undefined if it shows no page */
type RecordPress = (interaction: ComponentInteraction, id: WalkId, shown: Page | undefined, edition: Edition) => void;

/**
 * Creates a recorder of clicks. It remembers the last click on each message for a few seconds, so that a double click
 * counts as one step.
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createPressRecorder(stats: StatsRecorder, now: () => number): RecordPress {
  const clicks = new QuickLRU<string, Click>({ maxSize: REMEMBERED_MESSAGES });
  return (interaction, id, shown, edition) => {
    const { guild_id: guildId, message, data } = interaction;
    if (!guildId || STAYS_ON_PAGE.has(id.action)) return;
    const isPrivate = isPrivateMessage(interaction);
    const key = `${message?.id} ${isPrivate ? '' : userIdOf(interaction)}`;
    const recorded = clicks.get(key);
    const at = now();
    const last = recorded && at - recorded.at < DOUBLE_CLICK_MS ? recorded : undefined;
    if (last?.customId === data.custom_id) return;
    const buttonPage = id.from === undefined ? pageOf(interaction, edition) : id.from;
    clicks.set(key, { customId: data.custom_id, from: buttonPage, to: shown, at });
    // The page no longer exists, and the nearest one is shown: the feedback is not about that page.
    const judged = id.isMoved ? undefined : shown;
    const [offered] = id.origin?.topics ?? [];
    if (id.action === 'offers' && id.origin?.isGuess && offered !== undefined) stats.count(guildId, 'refused', offered);
    if (id.action === 'none' && offered !== undefined) stats.count(guildId, 'none', offered);
    if (judged && id.action === 'helped') stats.count(guildId, 'helped', judged.name);
    if (judged && id.action === 'notHelped') stats.count(guildId, 'not-helped', judged.name);
    if (isPrivate && buttonPage === undefined) return;
    const isLeftAlready = last?.from && last.from === buttonPage;
    // A click on a public message begins a walk, whatever that message shows.
    const from = !isPrivate ? undefined : isLeftAlready ? last.to : buttonPage;
    const isLink = id.action === 'open' && Boolean(buttonPage);
    recordStep(stats, guildId, { from: from?.name, to: shown?.name, isLink });
  };
}

/** The page that a message shows, read from its Start over button: the pressed button does not name it. */
function pageOf({ message }: ComponentInteraction, edition: Edition): WalkId['from'] {
  for (const row of message?.components ?? []) {
    for (const part of 'components' in row ? row.components : []) {
      const customId = 'custom_id' in part ? part.custom_id : undefined;
      const id = typeof customId === 'string' ? readWalkId(customId, edition) : undefined;
      if (id?.action === 'startOver') return id.from;
    }
  }
  return undefined;
}

/**
 * Counts a question, and keeps its text if there is no answer to it.
 * @param isPublic whether everyone in the channel sees the answer: then it does not begin a walk
 */
export function recordQuestion(
  stats: StatsRecorder,
  guildId: string | undefined,
  found: QuestionResult,
  { question, isPublic }: { question: string; isPublic: boolean },
): void {
  if (found.kind === 'busy' || found.kind === 'courtesy') return;
  stats.count(guildId, 'asked', OUTCOMES[found.kind]);
  if (found.kind === 'declined') stats.question(guildId, question);
  if (found.kind !== 'sure') return;
  const [first] = found.topics;
  if (isPublic) stats.count(guildId, 'shown', first.topic);
  else if (first.kind === 'page') recordStep(stats, guildId, { from: undefined, to: first.topic, isLink: false });
}
