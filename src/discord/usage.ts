// What is counted of walks and questions; nothing about the person is kept.
import QuickLRU from 'quick-lru';
import type { Edition, Page } from '../guide/model.ts';
import { recordStep, type StatsRecorder } from '../stats/recorder.ts';
import type { ComponentInteraction } from './command.ts';
import { readWalkId, type WalkId } from './custom-id.ts';
import { isPrivateMessage, userIdOf } from './options.ts';
import type { QuestionResult } from './question-answering.ts';

/** Two clicks that the same message got within this time may both come from what it showed before the first. */
const DOUBLE_CLICK_MS = 3000;
/** Messages whose last click is remembered, twice as many at most. */
const REMEMBERED = 1000;

/** The last click on a message. */
interface Click {
  readonly customId: string;
  readonly from: WalkId['from'];
  readonly to: Page | undefined;
  readonly at: number;
}

/** Counts a pressed button of a walk. @param shown the page that the answer shows; undefined for what is not a page */
export type RecordPress = (
  interaction: ComponentInteraction,
  id: WalkId,
  shown: Page | undefined,
  edition: Edition,
) => void;

/**
 * Opens the counting of walks. It remembers each message's last click for some seconds, so that a double click is one
 * step.
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createPressRecorder(stats: StatsRecorder, now: () => number): RecordPress {
  const clicks = new QuickLRU<string, Click>({ maxSize: REMEMBERED });
  return (interaction, id, shown, edition) => {
    const { guild_id: guildId, message, data } = interaction;
    if (!guildId || id.action === 'plan' || id.action === 'sendPlan') return;
    const isPrivate = isPrivateMessage(interaction);
    const key = `${message?.id} ${isPrivate ? '' : userIdOf(interaction)}`;
    const known = clicks.get(key);
    const at = now();
    const last = known && at - known.at < DOUBLE_CLICK_MS ? known : undefined;
    if (last?.customId === data.custom_id) return;
    const stoodOn = id.from === undefined ? pageOf(interaction, edition) : id.from;
    clicks.set(key, { customId: data.custom_id, from: stoodOn, to: shown, at });
    // In place of a page that is gone the nearest one is shown: the person did not judge that one.
    const judged = id.moved ? undefined : shown;
    if (judged && id.action === 'helped') stats.count(guildId, 'helped', judged.name);
    if (judged && id.action === 'notHelped') stats.count(guildId, 'not-helped', judged.name);
    if (isPrivate && stoodOn === undefined) return;
    const isLeftAlready = last?.from && last.from === stoodOn;
    // A click on a public message begins a walk, whatever that message shows.
    const from = !isPrivate ? undefined : isLeftAlready ? last.to : stoodOn;
    const isLink = id.action === 'open' && Boolean(stoodOn);
    recordStep(stats, guildId, { from: from?.name, to: shown?.name, isLink });
  };
}

/** The page of a message whose pressed button does not name it: its Start over does. Undefined where there is none. */
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
 * Counts a question, and keeps its words where there is no answer to it.
 * @param isPublic whether everyone in the channel sees the answer; it is then not a walk
 */
export function recordQuestion(
  stats: StatsRecorder,
  guildId: string | undefined,
  found: QuestionResult,
  { question, isPublic }: { question: string; isPublic: boolean },
): void {
  if (found.kind === 'busy') return;
  stats.count(guildId, 'asked', found.kind === 'sure' ? 'answered' : found.kind);
  if (found.kind === 'declined') stats.question(guildId, question);
  if (found.kind !== 'sure') return;
  const [first] = found.topics;
  if (isPublic) stats.count(guildId, 'shown', first.topic);
  else if (first.kind === 'page') recordStep(stats, guildId, { from: undefined, to: first.topic, isLink: false });
}
