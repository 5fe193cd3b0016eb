// /close-account, /new-account, /second-account: one command for every guide that names one.
import {
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { type Named, rank } from '../src/answers/rank.ts';
import { Refusal, replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import { type Command, readingFor } from '../src/discord/command.ts';
import { CHOICES, cut } from '../src/discord/limits.ts';
import { flagOption, focusedOption, textOption } from '../src/discord/options.ts';
import { renderPage, renderPublicPage } from '../src/discord/render.ts';
import type { Edition, Page } from '../src/guide/model.ts';
import { pagesOf, startOf, type Way } from '../src/guide/walk.ts';
import { en } from '../src/words/en.ts';
import { EVERYWHERE } from './places.ts';

/** The command that opens a guide. @param name the command in the guide's front matter */
export function guideCommand(name: string, description: string): Command {
  const definition: RESTPostAPIChatInputApplicationCommandsJSONBody = {
    name,
    description,
    ...EVERYWHERE,
    options: [
      { type: ApplicationCommandOptionType.String, name: 'page', description: en.command.page, autocomplete: true },
      { type: ApplicationCommandOptionType.Boolean, name: 'share', description: en.command.share },
    ],
  };
  return {
    definition,
    run(interaction, bot) {
      const reading = readingFor(interaction, bot);
      const start = startOf(reading.edition, name);
      if (!start) throw new Refusal(reading.words.error.noCommand);
      const wanted = textOption(interaction, 'page');
      const page = wanted === undefined ? start : findPage(reading.edition, name, wanted);
      if (!page) throw new Refusal(reading.words.error.noPage(cut(wanted ?? '', 80)));
      if (flagOption(interaction, 'share')) return replyPublicly(renderPublicPage(page, reading));
      const way: Way = page === start ? [start] : [start, page];
      return replyPrivately(renderPage(way, reading));
    },
    complete(interaction, bot) {
      const { edition } = readingFor(interaction, bot);
      const found = rank(focusedOption(interaction)?.text ?? '', candidates(edition, name), CHOICES.count);
      return found.map(({ value }) => ({
        name: cut(value.title, CHOICES.name),
        value: cut(value.name, CHOICES.value),
      }));
    },
  };
}

function candidates(edition: Edition, command: string): Named<Page>[] {
  return pagesOf(edition, command).map((page) => ({ name: page.title, aliases: [page.name], value: page }));
}

/** The page a person means: one that was chosen from the list, or the only fitting one for typed text. */
function findPage(edition: Edition, command: string, text: string): Page | undefined {
  const chosen = edition.pages.get(text);
  if (chosen) return chosen;
  return rank(text, candidates(edition, command), 1)[0]?.value;
}
