// The guides as one message to pin: a button for each guide, which opens a private walk.
import { type MessageBody, messageBody } from '../answer.ts';
import type { RenderContext } from '../render-context.ts';
import { rowsOf } from './buttons.ts';
import { COLOR } from './colors.ts';
import { guideButtons } from './help.ts';

/** The topic of a pin that shows all guides. Pages have a `#` in their names, a server's own replies begin with `r:`. */
export const GUIDES_TOPIC = 'guides';

/** What the pinned message shows. */
export function renderGuides(context: RenderContext): MessageBody {
  const { subject } = context.edition;
  const embed = {
    color: COLOR.information,
    title: subject.title,
    description: subject.intro,
    footer: { text: subject.disclaimer },
  };
  return messageBody({ embeds: [embed], components: rowsOf(guideButtons(context)) });
}

/** The title of a pinned topic; undefined if the topic is gone. */
export function pinnedTitle(topic: string, { topics, messages }: RenderContext): string | undefined {
  return topic === GUIDES_TOPIC ? messages.setup.guides : topics.find(topic)?.title;
}
