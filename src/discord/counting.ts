// What is counted of walks and questions; nothing about the person goes with it.
import { type Counters, countStep } from '../faq/counters.ts';
import { getOrMake } from '../get-or-make.ts';
import type { Edition, Page } from '../guide/model.ts';
import type { Found } from './asking.ts';
import type { PressInteraction } from './command.ts';
import { isPrivateMessage } from './options.ts';
import type { WalkId } from './walk-id.ts';

/** Counts a pressed button of a walk. @param shown the page that the answer shows; undefined for what is no page */
export function countPress(
  counters: Counters,
  interaction: PressInteraction,
  id: WalkId,
  shown: Page | undefined,
  edition: Edition,
): void {
  const { guild_id: guildId } = interaction;
  if (id.action === 'helped') counters.count(guildId, 'helped', shown?.name ?? '');
  if (id.action === 'notHelped') counters.count(guildId, 'not-helped', shown?.name ?? '');
  if (id.action === 'plan' || id.action === 'sendPlan') return;
  const from = isPrivateMessage(interaction) ? pageOn(interaction, edition)?.name : undefined;
  countStep(counters, guildId, { from, to: shown?.name, isLink: id.action === 'open' });
}

/** Counts a question, and keeps its words where there is no answer to it. */
export function countQuestion(counters: Counters, guildId: string | undefined, found: Found, question: string): void {
  if (found.kind === 'busy') return;
  counters.count(guildId, 'asked', found.kind === 'sure' ? 'answered' : found.kind);
  if (found.kind === 'declined') counters.question(guildId, question);
  const first = found.kind === 'sure' ? found.topics[0] : undefined;
  if (first?.kind === 'page') countStep(counters, guildId, { from: undefined, to: first.topic, isLink: false });
}

/** The page that a message shows: its title says which. A button that leads back does not carry where it stood. */
function pageOn({ message }: PressInteraction, edition: Edition): Page | undefined {
  const title = message?.embeds?.[0]?.title;
  if (title === undefined) return undefined;
  const byTitle = getOrMake(
    titles,
    edition,
    () => new Map([...edition.pages.values()].map((page) => [page.title, page])),
  );
  return byTitle.get(title);
}
const titles = new WeakMap<Edition, Map<string, Page>>();
