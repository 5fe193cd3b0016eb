// The plan: the steps of the pages that a member visited, as a list.
import { type APIEmbed, ButtonStyle } from 'discord-api-types/v10';
import { type Path, planOf } from '../../guide/walk.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { codePoints, EMBED_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';
import { rowsOf, walkButton } from './buttons.ts';
import { COLOR } from './colors.ts';
import { fittingFields, sourceNamesField } from './sources.ts';
import { footerOf } from './translation.ts';

/** The maximum number of sources in a plan. */
const MAX_SOURCES = 10;
/** Code points left free for the line that says how many steps are left out. */
const ROOM_FOR_MORE = 100;

/**
 * The plan in the walk's message.
 * @param options.notice text above it
 * @param options.isSent whether it was sent as a DM: then there is no button for that
 */
export function renderPlan(
  path: Path,
  context: RenderContext,
  options: { notice?: string; isSent?: boolean } = {},
): MessageBody {
  const { back, startOver, sendPlan } = context.messages.button;
  const row = [
    walkButton(context, options.isSent ? 'plan' : 'toPage', back, path),
    walkButton(context, 'startOver', startOver, path),
    ...(options.isSent ? [] : [walkButton(context, 'sendPlan', sendPlan, path, ButtonStyle.Primary)]),
  ];
  return messageBody({
    content: options.notice ?? '',
    embeds: [planEmbed(path, context, options.isSent)],
    components: rowsOf(row),
  });
}

/** The plan as an embed that can be sent alone. @param isSent whether it was sent as a DM, and needs no word about that */
export function planEmbed(path: Path, { messages, edition }: RenderContext, isSent = false): APIEmbed {
  const steps = planOf(path);
  const intro = isSent ? messages.plan.intro : `${messages.plan.intro} ${messages.plan.copy}`;
  const lines: string[] = [intro, ''];
  let room = EMBED_LIMITS.description - codePoints(intro) - ROOM_FOR_MORE;
  for (const step of steps) {
    room -= codePoints(step) + 3;
    if (room < 0) break;
    lines.push(`☐ ${step}`);
  }
  const left = steps.length - (lines.length - 2);
  if (left > 0) lines.push(messages.plan.more(left));
  const sources = [...new Set(path.filter((page) => page.steps.length > 0).flatMap((page) => page.sources))];
  const embed = {
    color: COLOR.plan,
    title: messages.plan.title,
    description: steps.length === 0 ? messages.plan.none : lines.join('\n'),
    footer: footerOf(edition.subject.disclaimer, edition, messages),
  };
  const used = codePoints(embed.title) + codePoints(embed.description) + codePoints(embed.footer.text);
  const fields = sourceNamesField(sources.slice(0, MAX_SOURCES), messages, edition.locale);
  return { ...embed, fields: fittingFields(fields, EMBED_LIMITS.total - used) };
}
