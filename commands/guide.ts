// The commands that open a guide: one for every guide with a command in its front matter.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { Refusal, replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import type { Command, CommandDefinition } from '../src/discord/command.ts';
import { CHOICE_LIMITS, cut } from '../src/discord/limits.ts';
import { flagOption, focusedOption, textOption } from '../src/discord/options.ts';
import { isUnchangedPage, type PageAnswerCache } from '../src/discord/page-answers.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { renderPage, renderPublicPage } from '../src/discord/views/page.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import { getOrInsert } from '../src/get-or-insert.ts';
import type { Edition, Page } from '../src/guide/model.ts';
import { pageNamed } from '../src/guide/renamed.ts';
import { type Path, pagesOf, startOf } from '../src/guide/walk.ts';
import { en } from '../src/i18n/en.ts';
import { type Autocomplete, createAutocomplete } from '../src/search/autocomplete.ts';
import { recordStep, type StatsRecorder } from '../src/stats/recorder.ts';
import { publicContextOf } from './language.ts';
import { EVERYWHERE } from './places.ts';

/** @param name the command in the guide's front matter */
export function guideDefinition(name: string, description: string): CommandDefinition {
  return {
    name,
    description,
    ...EVERYWHERE,
    options: [
      { type: ApplicationCommandOptionType.String, name: 'page', description: en.command.page, autocomplete: true },
      { type: ApplicationCommandOptionType.Boolean, name: 'share', description: en.command.share },
    ],
  };
}

interface GuideServices {
  readonly contexts: ContextSource;
  readonly pageAnswers: PageAnswerCache;
  readonly stats: StatsRecorder;
}

/** The command that opens a guide, for one version of the content. */
export function guideCommand(definition: CommandDefinition, { contexts, pageAnswers, stats }: GuideServices): Command {
  const { name } = definition;
  const pages = createPageSearch(name);
  return {
    definition,
    async run(interaction) {
      const chosen = textOption(interaction, 'language');
      const context = await contexts.contextFor(interaction, chosen);
      const start = startOf(context.edition, name);
      if (!start) throw new Refusal(context.messages.error.noCommand);
      const wanted = textOption(interaction, 'page');
      const page = wanted === undefined ? start : findPage(context.edition, pages, wanted);
      if (!page) throw new Refusal(context.messages.error.noPage(plainTextWithin(wanted ?? '', 80)));
      if (flagOption(interaction, 'share')) {
        const ofServer = await publicContextOf(interaction, contexts, chosen);
        const answer = replyPublicly(renderPublicPage(ofServer.edition.pages.get(page.name) ?? page, ofServer));
        stats.count(interaction.guild_id, 'shown', page.name);
        return answer;
      }
      const path: Path = page === start ? [start] : [start, page];
      const render = () => replyPrivately(renderPage(path, context));
      const key = `${contexts.content.version} ${context.edition.locale} /${name} ${page.name}`;
      const answer = isUnchangedPage(page, context)
        ? (pageAnswers.get(key)?.answer ?? pageAnswers.add(key, { answer: render(), page }))
        : render();
      recordStep(stats, interaction.guild_id, { from: undefined, to: page.name, isLink: false });
      return answer;
    },
    async autocomplete(interaction) {
      const { edition } = await contexts.contextFor(interaction, textOption(interaction, 'language'));
      const found = pages(edition).find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count);
      return found.map((page) => ({
        name: cut(page.title, CHOICE_LIMITS.name),
        value: cut(page.name, CHOICE_LIMITS.value),
      }));
    },
  };
}

type PageSearch = (edition: Edition) => Autocomplete<Page>;

/** The pages that a command leads to, prepared for autocomplete once for each edition. */
function createPageSearch(command: string): PageSearch {
  const byEdition = new Map<Edition, Autocomplete<Page>>();
  return (edition) =>
    getOrInsert(byEdition, edition, () =>
      createAutocomplete(
        pagesOf(edition, command).map((page) => ({ name: page.title, aliases: [page.name], value: page })),
      ),
    );
}

/** The page that was chosen from the list, or the best match for the typed text. */
function findPage(edition: Edition, pages: PageSearch, text: string): Page | undefined {
  return pageNamed(edition, text) ?? pages(edition).find(text, 1)[0];
}
