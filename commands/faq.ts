// /faq: one topic for everyone in the channel, addressed to a member if one is named.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { replyPublicly } from '../src/discord/answer.ts';
import type { Command, CommandDefinition } from '../src/discord/command.ts';
import { idOption, textOption } from '../src/discord/options.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { renderTopic } from '../src/discord/views/page.ts';
import { en } from '../src/i18n/en.ts';
import type { StatsRecorder } from '../src/stats/recorder.ts';
import { publicContextOf } from './language.ts';
import { EVERYWHERE } from './places.ts';
import { chosenTopic, completeTopic, topicOption } from './topic.ts';

export const faqDefinition: CommandDefinition = {
  name: 'faq',
  description: en.command.faq,
  ...EVERYWHERE,
  options: [topicOption, { type: ApplicationCommandOptionType.User, name: 'member', description: en.command.member }],
};

interface FaqServices {
  readonly contexts: ContextSource;
  readonly stats: StatsRecorder;
}

/** Creates `/faq`. */
export function faqCommand({ contexts, stats }: FaqServices): Command {
  return {
    definition: faqDefinition,
    async run(interaction) {
      const chosen = textOption(interaction, 'language');
      // What is typed is in the language of the person.
      const { topic: name } = chosenTopic(interaction, await contexts.contextFor(interaction, chosen));
      const context = await publicContextOf(interaction, contexts, chosen);
      const topic = context.topics.find(name) ?? chosenTopic(interaction, context);
      const member = idOption(interaction, 'member');
      const addressed = member ? { content: context.messages.faq.addressed(member), notify: member } : {};
      const answer = replyPublicly(renderTopic(topic, context, addressed));
      stats.count(interaction.guild_id, 'shown', topic.topic);
      return answer;
    },
    autocomplete: (interaction) => completeTopic(interaction, contexts),
  };
}
