// All commands, and all handlers of buttons, menus and modals.
import type { Command, CommandDefinition, ComponentHandler } from '../src/discord/command.ts';
import { createForumButtons } from '../src/discord/forum-buttons.ts';
import type { PageAnswerCache } from '../src/discord/page-answers.ts';
import { createPersonComponents } from '../src/discord/person.ts';
import { createWalkButtons } from '../src/discord/walk-buttons.ts';
import { type Content, DEFAULT_LOCALE } from '../src/guide/model.ts';
import { answerWithFaqCommand, answerWithFaqComponents, answerWithFaqDefinition } from './answer-with-faq.ts';
import { askCommand, askDefinition } from './ask.ts';
import { faqCommand, faqDefinition } from './faq.ts';
import { cancelButton, editComponents } from './faq-edit/components.ts';
import type { EditServices } from './faq-edit/services.ts';
import { faqEditCommand, faqEditDefinition } from './faq-edit.ts';
import type { PinServices } from './faq-pin/services.ts';
import { faqPinCommand, faqPinDefinition, pinListButtons } from './faq-pin.ts';
import { guideCommand, guideDefinition } from './guide.ts';
import { helpCommand, helpDefinition, languageMenu } from './help.ts';
import { insightButtons, insightsCommand, insightsDefinition } from './insights.ts';
import { withLanguageOption } from './language.ts';
import { withLocalizations } from './localizations.ts';
import { saveAsReplyCommand, saveAsReplyDefinition } from './save-as-reply.ts';
import type { SetupServices } from './setup/services.ts';
import { setupCommand, setupComponents, setupDefinition } from './setup.ts';

/** The services of all commands. Each command takes only those that it uses. */
export interface CommandServices extends PinServices, EditServices, SetupServices {
  readonly pageAnswers: PageAnswerCache;
}

/** One for each guide with a command. */
function guideDefinitions(content: Content): CommandDefinition[] {
  const guides = content.editions.get(DEFAULT_LOCALE)?.guides ?? [];
  return guides.flatMap(({ command, description }) => (command ? [guideDefinition(command, description)] : []));
}

/** The definitions of all commands, for registration. The guides of the content have commands of their own. */
export function definitionsFor(content: Content): CommandDefinition[] {
  const locales = [...content.editions.keys()];
  const definitions = [
    ...[...guideDefinitions(content), askDefinition, faqDefinition].map((one) => withLanguageOption(one, locales)),
    faqPinDefinition,
    faqEditDefinition,
    answerWithFaqDefinition,
    saveAsReplyDefinition,
    insightsDefinition,
    setupDefinition,
    helpDefinition,
  ];
  return definitions.map((definition) => withLocalizations(definition, content));
}

/** Creates all commands, including those of the guides. */
export function createCommands(content: Content, services: CommandServices): Command[] {
  return [
    ...guideDefinitions(content).map((definition) => guideCommand(definition, services)),
    askCommand(services),
    faqCommand(services),
    faqPinCommand(services),
    faqEditCommand(services),
    answerWithFaqCommand(services),
    saveAsReplyCommand(services),
    insightsCommand(services),
    setupCommand(services),
    helpCommand(services),
  ];
}

/** Creates the handlers of buttons, menus and modals. */
export function createComponentHandlers(services: CommandServices): ComponentHandler[] {
  return [
    createWalkButtons(services),
    editComponents(services),
    cancelButton(services),
    pinListButtons(services),
    answerWithFaqComponents(services),
    insightButtons(services),
    createPersonComponents(services),
    createForumButtons(services),
    setupComponents(services),
    languageMenu(services),
  ];
}
