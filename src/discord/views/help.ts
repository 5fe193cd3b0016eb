// The /help message: what the bot does, its commands, its sources, and what it stores.
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { Content, Source } from '../../guide/model.ts';
import { showDate } from '../../i18n/dates.ts';
import { languageName } from '../../i18n/language-name.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { writeWalkId } from '../custom-id.ts';
import { COMPONENT_LIMITS, codePoints, cut, EMBED_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';
import { rowsOf } from './buttons.ts';
import { COLOR } from './colors.ts';

/** The custom_id of the menu of languages. */
export const LANGUAGE_MENU = 'l1:language';

/** The help page, with a menu of languages, and a button for each guide's first page. @param notice text above it */
export function renderHelp(content: Content, context: RenderContext, notice = ''): MessageBody {
  const { edition, messages } = context;
  const { help } = messages;
  const { subject } = edition;
  const embed: APIEmbed = {
    color: COLOR.information,
    title: subject.title,
    description: subject.intro,
    fields: [
      { name: help.commands, value: commandsText(context) },
      { name: help.moderators, value: help.moderatorsText },
      { name: help.sources, value: `${subject.sources}\n${checkedText(content.sources, context)}` },
      { name: help.limits, value: subject.limits },
      { name: help.stores, value: help.storesText },
    ],
  };
  // Four rows of guides leave one for the languages.
  const guides = rowsOf(guideButtons(context)).slice(0, COMPONENT_LIMITS.rows - 1);
  return messageBody({ content: notice, embeds: [embed], components: [...guides, ...languageMenu(content, context)] });
}

/** The menu that shows this message in another language; none if there is English alone. */
function languageMenu(
  { editions }: Content,
  { edition, messages }: RenderContext,
): APIActionRowComponent<APISelectMenuComponent>[] {
  if (editions.size < 2) return [];
  const options = [...editions.keys()].slice(0, COMPONENT_LIMITS.options).map((locale) => ({
    label: languageName(locale),
    value: locale,
    default: locale === edition.locale,
  }));
  const placeholder = messages.help.language;
  const menu = { type: ComponentType.StringSelect as const, custom_id: LANGUAGE_MENU, placeholder, options };
  return [{ type: ComponentType.ActionRow, components: [menu] }];
}

/** The commands for everyone, one a line. If there is no room for all guides, the last ones are left out. */
function commandsText({ edition, messages }: RenderContext): string {
  const { help } = messages;
  const ownLines = [
    help.command('ask', messages.command.ask),
    help.command('faq', messages.command.faq),
    help.command('help', help.self),
  ];
  const lines: string[] = [];
  for (const { command, description } of edition.guides) {
    if (!command) continue;
    const line = help.command(command, description);
    if (codePoints([...lines, line, ...ownLines].join('\n')) > EMBED_LIMITS.fieldValue) break;
    lines.push(line);
  }
  return [...lines, ...ownLines].join('\n');
}

/** A button for each guide's first page. */
export function guideButtons({ edition }: RenderContext): APIButtonComponent[] {
  const starts = edition.guides.flatMap(({ start }) => edition.pages.get(start ?? '') ?? []);
  const { rows, buttonsInRow } = COMPONENT_LIMITS;
  return starts.slice(0, rows * buttonsInRow).map((page) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: cut(page.title, COMPONENT_LIMITS.label),
    custom_id: writeWalkId('open', [page], { edition }),
  }));
}

/** How many sources a person has opened, and when the last of the others was compared. */
function checkedText(sources: readonly Source[], { messages, edition }: RenderContext): string {
  const reviews = sources.map(({ review }) => review).filter(({ kind }) => kind !== 'concluded');
  const opened = reviews.filter(({ kind }) => kind === 'opened');
  const compared = reviews.flatMap(({ kind, date }) => (kind === 'compared' ? [date] : [])).sort();
  const latest = compared.at(-1);
  const date = latest === undefined ? '' : showDate(latest, edition.locale);
  return messages.help.checked(opened.length, reviews.length, date);
}
