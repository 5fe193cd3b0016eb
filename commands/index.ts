// Every command there is.
import type { Command, Responder } from '../src/discord/command.ts';
import { walkButtons } from '../src/discord/walk-buttons.ts';
import { type Content, DEFAULT_LOCALE } from '../src/guide/model.ts';
import { faq } from './faq.ts';
import { guideCommand } from './guide.ts';
import { help } from './help.ts';

/** The commands for some content: one for each guide that names one, and the bot's own. */
export function commandsFor(content: Content): Command[] {
  const guides = content.editions.get(DEFAULT_LOCALE)?.guides ?? [];
  return [
    ...guides.flatMap(({ command, description }) => (command ? [guideCommand(command, description)] : [])),
    faq,
    help,
  ];
}

/** What answers buttons, menus and modals. */
export const responders: readonly Responder[] = [walkButtons];
