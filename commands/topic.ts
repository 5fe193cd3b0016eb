// The option "topic" of the FAQ commands: its completion, and the topic that a person means by it.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { Refusal } from '../src/discord/answer.ts';
import type { Bot, Choice, CompleteInteraction, SlashInteraction } from '../src/discord/command.ts';
import { CHOICES, cut } from '../src/discord/limits.ts';
import { focusedOption, textOption } from '../src/discord/options.ts';
import { type Reading, readingFor } from '../src/discord/reading.ts';
import type { Topic } from '../src/faq/topics.ts';
import { en } from '../src/words/en.ts';

export const topicOption = {
  type: ApplicationCommandOptionType.String as const,
  name: 'topic',
  description: en.command.topic,
  required: true,
  autocomplete: true,
};

/** Topics for what is being typed, each title once. */
export async function completeTopic(interaction: CompleteInteraction, bot: Bot): Promise<Choice[]> {
  const { topics } = await readingFor(interaction, bot);
  const found = topics.ranking.find(focusedOption(interaction)?.text ?? '', CHOICES.count);
  return choicesOf(found);
}

/** Topics as choices. Two replies may have one title; Discord shows a person names alone, so the later one gets its id. */
export function choicesOf(topics: readonly Pick<Topic, 'title' | 'topic'>[]): Choice[] {
  const seen = new Set<string>();
  return topics.map(({ title, topic }) => {
    const name = cut(title, CHOICES.name);
    const shown = seen.has(name) ? `${cut(title, CHOICES.name - topic.length - 3)} (${topic})` : name;
    seen.add(shown);
    return { name: shown, value: topic };
  });
}

/** The topic that was chosen, or the best for what was typed. @throws {Refusal} where there is none */
export function chosenTopic(interaction: SlashInteraction, { topics, words, isPartial }: Reading): Topic {
  const text = textOption(interaction, 'topic') ?? '';
  const topic = topics.find(text) ?? (isName(text) ? undefined : topics.ranking.find(text, 1)[0]);
  if (!topic) throw new Refusal(isPartial ? words.error.store.unavailable : words.faq.noTopic(cut(text, 80)));
  return topic;
}

/** What completion puts there: a reply that is gone must not become another that sounds alike. */
function isName(text: string): boolean {
  return text === '' || text.startsWith('r:') || text.includes('#');
}
