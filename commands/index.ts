// Every command there is.

import type { Clock } from '../src/clock.ts';
import type { Command, Responder } from '../src/discord/command.ts';
import { createWalkButtons } from '../src/discord/walk-buttons.ts';
import { type Content, DEFAULT_LOCALE } from '../src/guide/model.ts';
import { answerComponents, answerWithFaq } from './answer-with-faq.ts';
import { ask } from './ask.ts';
import { faq } from './faq.ts';
import { cancelButton, editComponents } from './faq-edit/responder.ts';
import { faqEdit } from './faq-edit.ts';
import { faqPin, pinListButtons } from './faq-pin.ts';
import { guideCommand } from './guide.ts';
import { help } from './help.ts';
import { insightButtons, insights } from './insights.ts';

/** The commands for some content: one for each guide that names one, and the bot's own. */
export function commandsFor(content: Content): Command[] {
  const guides = content.editions.get(DEFAULT_LOCALE)?.guides ?? [];
  return [
    ...guides.flatMap(({ command, description }) => (command ? [guideCommand(command, description)] : [])),
    ask,
    faq,
    faqPin,
    faqEdit,
    answerWithFaq,
    insights,
    help,
  ];
}

/** What answers buttons, menus and modals. */
export const responders = (clock: Clock): readonly Responder[] => [
  createWalkButtons(clock),
  editComponents,
  cancelButton,
  pinListButtons,
  answerComponents,
  insightButtons,
];
