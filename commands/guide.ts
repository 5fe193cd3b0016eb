// /close-account, /new-account, /second-account: one command for every guide that names one.
import {
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { Refusal, replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { CHOICE_LIMITS, cut } from '../src/discord/limits.ts';
import { flagOption, focusedOption, textOption } from '../src/discord/options.ts';
import { contextFor } from '../src/discord/render-context.ts';
import { renderPage, renderPublicPage } from '../src/discord/views/page.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import type { Edition, Page } from '../src/guide/model.ts';
import { type Path, pagesOf, startOf } from '../src/guide/walk.ts';
import { en } from '../src/i18n/en.ts';
import { type Autocomplete, createAutocomplete } from '../src/search/autocomplete.ts';
import { recordStep } from '../src/stats/recorder.ts';
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
    async run(interaction, bot) {
      const context = await contextFor(interaction, bot);
      const start = startOf(context.edition, name);
      if (!start) throw new Refusal(context.messages.error.noCommand);
      const wanted = textOption(interaction, 'page');
      const page = wanted === undefined ? start : findPage(context.edition, name, wanted);
      if (!page) throw new Refusal(context.messages.error.noPage(plainTextWithin(wanted ?? '', 80)));
      if (flagOption(interaction, 'share')) {
        const answer = replyPublicly(renderPublicPage(page, context));
        bot.stats.count(interaction.guild_id, 'shown', page.name);
        return answer;
      }
      const path: Path = page === start ? [start] : [start, page];
      const answer = replyPrivately(renderPage(path, context));
      recordStep(bot.stats, interaction.guild_id, { from: undefined, to: page.name, isLink: false });
      return answer;
    },
    async autocomplete(interaction, bot) {
      const { edition } = await contextFor(interaction, bot);
      const found = pageRanking(edition, name).find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count);
      return found.map((page) => ({
        name: cut(page.title, CHOICE_LIMITS.name),
        value: cut(page.name, CHOICE_LIMITS.value),
      }));
    },
  };
}

/** The pages of a command's walk, made ready for completion once for an edition. */
function pageRanking(edition: Edition, command: string): Autocomplete<Page> {
  const known = rankings.get(edition)?.get(command);
  if (known) return known;
  const pages = pagesOf(edition, command);
  const ranking = createAutocomplete(pages.map((page) => ({ name: page.title, aliases: [page.name], value: page })));
  rankings.set(edition, new Map([...(rankings.get(edition) ?? []), [command, ranking]]));
  return ranking;
}
const rankings = new WeakMap<Edition, Map<string, Autocomplete<Page>>>();

/** The page a person means: one that was chosen from the list, or the best for typed text. */
function findPage(edition: Edition, command: string, text: string): Page | undefined {
  return edition.pages.get(text) ?? pageRanking(edition, command).find(text, 1)[0];
}
