// /close-account, /new-account, /second-account: one command for every guide that names one.
import {
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { Refusal, replyPublicly } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { CHOICES, cut } from '../src/discord/limits.ts';
import { flagOption, focusedOption, textOption } from '../src/discord/options.ts';
import { readingFor } from '../src/discord/render-context.ts';
import { renderPublicPage } from '../src/discord/views/page.ts';
import { answerWithPage } from '../src/discord/views/page-answer.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import type { Edition, Page } from '../src/guide/model.ts';
import { pagesOf, startOf, type Way, wayTo } from '../src/guide/walk.ts';
import { en } from '../src/i18n/en.ts';
import { createRanking, type Ranking } from '../src/search/autocomplete.ts';
import { countStep } from '../src/stats/recorder.ts';
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
      const reading = await readingFor(interaction, bot);
      const start = startOf(reading.edition, name);
      if (!start) throw new Refusal(reading.words.error.noCommand);
      const wanted = textOption(interaction, 'page');
      const page = wanted === undefined ? start : findPage(reading.edition, name, wanted);
      if (!page) throw new Refusal(reading.words.error.noPage(plainTextWithin(wanted ?? '', 80)));
      if (flagOption(interaction, 'share')) {
        const answer = replyPublicly(renderPublicPage(page, reading));
        bot.counters.count(interaction.guild_id, 'shown', page.name);
        return answer;
      }
      const way: Way = page === start ? wayTo(start) : [start, page];
      const answer = answerWithPage(way, reading, 'private');
      countStep(bot.counters, interaction.guild_id, { from: undefined, to: page.name, isLink: false });
      return answer;
    },
    async complete(interaction, bot) {
      const { edition } = await readingFor(interaction, bot);
      const found = pageRanking(edition, name).find(focusedOption(interaction)?.text ?? '', CHOICES.count);
      return found.map((page) => ({ name: cut(page.title, CHOICES.name), value: cut(page.name, CHOICES.value) }));
    },
  };
}

/** The pages of a command's walk, made ready for completion once for an edition. */
function pageRanking(edition: Edition, command: string): Ranking<Page> {
  const known = rankings.get(edition)?.get(command);
  if (known) return known;
  const pages = pagesOf(edition, command);
  const ranking = createRanking(pages.map((page) => ({ name: page.title, aliases: [page.name], value: page })));
  rankings.set(edition, new Map([...(rankings.get(edition) ?? []), [command, ranking]]));
  return ranking;
}
const rankings = new WeakMap<Edition, Map<string, Ranking<Page>>>();

/** The page a person means: one that was chosen from the list, or the best for typed text. */
function findPage(edition: Edition, command: string, text: string): Page | undefined {
  return edition.pages.get(text) ?? pageRanking(edition, command).find(text, 1)[0];
}
