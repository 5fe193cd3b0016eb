// /faq: one topic for everyone in the channel, addressed to a member where one is named.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { replyPublicly } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { idOption } from '../src/discord/options.ts';
import { contextFor } from '../src/discord/render-context.ts';
import { renderTopic } from '../src/discord/views/page.ts';
import { en } from '../src/i18n/en.ts';
import { EVERYWHERE } from './places.ts';
import { chosenTopic, completeTopic, topicOption } from './topic.ts';

export const faq: Command = {
  definition: {
    name: 'faq',
    description: en.command.faq,
    ...EVERYWHERE,
    options: [topicOption, { type: ApplicationCommandOptionType.User, name: 'member', description: en.command.member }],
  },
  async run(interaction, bot) {
    const context = await contextFor(interaction, bot);
    const topic = chosenTopic(interaction, context);
    const member = idOption(interaction, 'member');
    const addressed = member ? { content: context.messages.faq.addressed(member), notify: member } : {};
    const answer = replyPublicly(renderTopic(topic, context, addressed));
    bot.stats.count(interaction.guild_id, 'shown', topic.topic);
    return answer;
  },
  autocomplete: completeTopic,
};
