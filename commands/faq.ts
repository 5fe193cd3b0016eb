// /faq: one answer for everyone in the channel, addressed to a member where one is named.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { type Named, rank } from '../src/answers/rank.ts';
import { Refusal, replyPublicly } from '../src/discord/answer.ts';
import { type Command, readingFor } from '../src/discord/command.ts';
import { CHOICES, cut } from '../src/discord/limits.ts';
import { focusedOption, textOption } from '../src/discord/options.ts';
import { renderPublicPage } from '../src/discord/render.ts';
import { wayDown } from '../src/guide/graph.ts';
import type { Edition, Page } from '../src/guide/model.ts';
import { en } from '../src/words/en.ts';
import { EVERYWHERE } from './places.ts';

export const faq: Command = {
  definition: {
    name: 'faq',
    description: en.command.faq,
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: en.command.topic,
        required: true,
        autocomplete: true,
      },
      { type: ApplicationCommandOptionType.User, name: 'member', description: en.command.member },
    ],
  },
  run(interaction, bot) {
    const reading = readingFor(interaction, bot);
    const topic = textOption(interaction, 'topic') ?? '';
    const page = reading.edition.pages.get(topic) ?? rank(topic, topicsOf(reading.edition), 1)[0]?.value;
    if (!page) throw new Refusal(reading.words.faq.noTopic(cut(topic, 80)));
    const member = textOption(interaction, 'member');
    if (!member) return replyPublicly(renderPublicPage(page, reading));
    const content = reading.words.faq.addressed(member);
    return replyPublicly(renderPublicPage(page, reading, { content, notify: member }));
  },
  complete(interaction, bot) {
    const { edition } = readingFor(interaction, bot);
    const found = rank(focusedOption(interaction)?.text ?? '', topicsOf(edition), CHOICES.count);
    return found.map(({ value }) => ({ name: cut(value.title, CHOICES.name), value: cut(value.name, CHOICES.value) }));
  },
};

/** Every page, those near a command's first page first. */
function topicsOf(edition: Edition): Named<Page>[] {
  return [...wayDown(edition).keys()].flatMap((name) => {
    const page = edition.pages.get(name);
    return page ? [{ name: page.title, aliases: [name], value: page }] : [];
  });
}
