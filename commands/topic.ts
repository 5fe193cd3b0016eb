// The option "topic" of the FAQ commands: its autocomplete, and the topic that a person means.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { type Clock, resultWithin } from '../src/clock.ts';
import { Refusal } from '../src/discord/answer.ts';
import type { AutocompleteChoice, AutocompleteInteraction, ChatInputInteraction } from '../src/discord/command.ts';
import { CHOICE_LIMITS, cut } from '../src/discord/limits.ts';
import { focusedOption, textOption } from '../src/discord/options.ts';
import { isModeratorOrHelper } from '../src/discord/permissions.ts';
import type { ContextSource, RenderContext } from '../src/discord/render-context.ts';
import { plainTextWithin } from '../src/discord/views/plain-text.ts';
import { en } from '../src/i18n/en.ts';
import type { ReplyCache } from '../src/replies/cache.ts';
import type { RemovedReply } from '../src/replies/reply.ts';
import { isOwnTopic } from '../src/replies/topic-id.ts';
import type { RemovedTopic, Topic } from '../src/replies/topics.ts';
import type { Autocomplete } from '../src/search/autocomplete.ts';

export const topicOption = {
  type: ApplicationCommandOptionType.String as const,
  name: 'topic',
  description: en.command.topic,
  required: true,
  autocomplete: true,
};

/** A late list is useless while somebody types: after this time it comes without the removed replies. */
const TIMEOUT_MS = 250;

/** Topics that match the typed text, as choices. */
export async function completeTopic(
  interaction: AutocompleteInteraction,
  contexts: ContextSource,
): Promise<AutocompleteChoice[]> {
  const { topics } = await contexts.contextFor(interaction, textOption(interaction, 'language'));
  const found = topics.autocomplete.find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count);
  return choicesOf(found);
}

interface RemovedTopicServices {
  readonly contexts: ContextSource;
  readonly replyCache: ReplyCache;
  readonly clock: Clock;
}

/**
 * Like `completeTopic`, with removed replies, which are marked as removed. Only moderators and helpers see those, even if the
 * server lets others use the command.
 */
export async function completeTopicWithRemoved(
  interaction: AutocompleteInteraction,
  services: RemovedTopicServices,
): Promise<AutocompleteChoice[]> {
  const context = await services.contexts.contextFor(interaction);
  const { topics, messages } = context;
  const ranking = topics.autocompleteWith(await removedFor(interaction, context, services));
  const found = ranking.find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count);
  return choicesOf(
    found.map((one) => ({ ...one, mark: one.kind === 'removed' ? messages.edit.removedMark : undefined })),
  );
}

/** The removed replies that a person may see; none if they cannot be read in time. */
async function removedFor(
  interaction: AutocompleteInteraction,
  { settings }: RenderContext,
  { replyCache, clock }: RemovedTopicServices,
): Promise<readonly RemovedReply[]> {
  const { guild_id: guildId } = interaction;
  if (!guildId || !isModeratorOrHelper(interaction, settings, 'ManageMessages')) return [];
  const removed = replyCache.removedOf(guildId).catch(() => []);
  return (await resultWithin(clock, removed, TIMEOUT_MS)) ?? [];
}

/**
 * Topics as choices. Two replies may have the same title, and Discord shows only names: the later one gets its id too.
 * @param topics with a mark to show after the title, if any
 */
export function choicesOf(
  topics: readonly (Pick<Topic, 'title' | 'topic'> & { readonly mark?: string | undefined })[],
): AutocompleteChoice[] {
  const seen = new Set<string>();
  return topics.map(({ title, topic, mark }) => {
    const name = nameWith(title, mark ? [mark] : []);
    const shown = seen.has(name) ? nameWith(title, [...(mark ? [mark] : []), `(${topic})`]) : name;
    seen.add(shown);
    return { name: shown, value: topic };
  });
}

/** A title followed by marks, within Discord's limit: only the title is shortened. */
function nameWith(title: string, marks: readonly string[]): string {
  const suffix = marks.map((mark) => ` ${mark}`).join('');
  return `${cut(title, CHOICE_LIMITS.name - [...suffix].length)}${suffix}`;
}

/** The topic that was chosen, or the best one for the typed text. @throws {Refusal} if there is none */
export function chosenTopic(interaction: ChatInputInteraction, context: RenderContext): Topic {
  return bestFor(interaction, context, context.topics.autocomplete);
}

/** Like `chosenTopic`, including removed replies. @throws {Refusal} if there is none */
export function chosenTopicWithRemoved(
  interaction: ChatInputInteraction,
  context: RenderContext,
  removed: readonly RemovedReply[],
): Topic | RemovedTopic {
  return bestFor(interaction, context, context.topics.autocompleteWith(removed));
}

function bestFor<T>(
  interaction: ChatInputInteraction,
  { topics, messages, isPartial }: RenderContext,
  ranking: Autocomplete<T>,
): T | Topic {
  const text = textOption(interaction, 'topic') ?? '';
  const topic = topics.find(text) ?? (isTopicId(text) ? undefined : ranking.find(text, 1)[0]);
  if (!topic)
    throw new Refusal(isPartial ? messages.error.store.unavailable : messages.faq.noTopic(plainTextWithin(text, 80)));
  return topic;
}

/**
 * Whether a text looks like a topic id, which autocomplete sends: a reply that no longer exists must not become another
 * with a similar title.
 */
function isTopicId(text: string): boolean {
  return text === '' || isOwnTopic(text) || text.includes('#');
}
