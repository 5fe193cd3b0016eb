// The topics that a server's members can see: its own replies, and the pages of the guides with its overrides.
import { getOrInsert } from '../get-or-insert.ts';
import { reachableFrom } from '../guide/graph.ts';
import type { Edition, Page } from '../guide/model.ts';
import { type Autocomplete, type AutocompleteEntry, createAutocomplete } from '../search/autocomplete.ts';
import type { RemovedReply, Reply } from './reply.ts';
import { isOwnTopic } from './topic-id.ts';

/** A server's own reply, or a page, which the server may override. */
export type Topic =
  | { readonly kind: 'reply'; readonly topic: string; readonly title: string; readonly reply: Reply }
  | {
      readonly kind: 'page';
      readonly topic: string;
      readonly title: string;
      readonly page: Page;
      readonly override?: Reply;
    };

export interface Topics {
  /** The topic with this id, or with this old name; undefined if the server has none. */
  find(topic: string): Topic | undefined;
  /** Topics for autocomplete: the server's own replies before pages of the same rank. */
  readonly autocomplete: Autocomplete<Topic>;
  /** The server's own replies, and its overrides of pages. */
  readonly replies: readonly Reply[];
  /** Like `autocomplete`, with removed replies after the server's own. */
  autocompleteWith(removed: readonly RemovedReply[]): Autocomplete<Topic | RemovedTopic>;
}

/** A server's own reply that was removed. */
export interface RemovedTopic {
  readonly kind: 'removed';
  readonly topic: string;
  readonly title: string;
}

/** Used in DMs, and for servers without replies. */
export const NO_REPLIES: readonly Reply[] = [];

/** Like `topicsOf`, but returns the same object for the same arguments. */
export type TopicsCache = (edition: Edition, replies: readonly Reply[]) => Topics;

/**
 * Creates a cache of topics. Its size is limited by the reply cache, because entries exist only as long as their list of
 * replies. Servers without replies share one entry per edition.
 */
export function createTopicsCache(): TopicsCache {
  const guideTopics = new Map<Edition, Topics>();
  const ownTopics = new WeakMap<readonly Reply[], Map<Edition, Topics>>();
  return (edition, replies) => {
    const byEdition =
      replies.length === 0 ? guideTopics : getOrInsert(ownTopics, replies, () => new Map<Edition, Topics>());
    return getOrInsert(byEdition, edition, () => topicsOf(edition, replies));
  };
}

/** The topics of a server, or of a DM. @param replies the visible replies of one server */
export function topicsOf(edition: Edition, replies: readonly Reply[]): Topics {
  const byTopic = new Map<string, AutocompleteEntry<Topic>>();
  const { renamed } = edition;
  // One that was written for an old name is used unless the page has one under its new name.
  const overrides = new Map(
    replies
      .filter(({ topic }) => !isOwnTopic(topic))
      .sort((a, b) => Number(renamed.has(b.topic)) - Number(renamed.has(a.topic)))
      .map((reply) => [renamed.get(reply.topic) ?? reply.topic, reply]),
  );
  for (const reply of replies) {
    const { topic, title, aliases } = reply;
    if (isOwnTopic(topic)) byTopic.set(topic, { name: title, aliases, value: { kind: 'reply', topic, title, reply } });
  }
  for (const name of reachableFrom(edition).keys()) {
    const page = edition.pages.get(name);
    if (page) byTopic.set(name, toEntry(page, overrides.get(name)));
  }
  const ranking = createAutocomplete(byTopic.values());
  let latest: { removed: readonly RemovedReply[]; ranking: Autocomplete<Topic | RemovedTopic> } | undefined;
  return {
    find: (topic) => byTopic.get(renamed.get(topic) ?? topic)?.value,
    autocomplete: ranking,
    replies,
    autocompleteWith(removed) {
      if (removed.length === 0) return ranking;
      if (latest?.removed !== removed) latest = { removed, ranking: rankTogether([...byTopic.values()], removed) };
      return latest.ranking;
    },
  };
}

/** The server's own replies, including removed ones, come before the pages of the guides. */
function rankTogether(
  topics: readonly AutocompleteEntry<Topic>[],
  removed: readonly RemovedReply[],
): Autocomplete<Topic | RemovedTopic> {
  return createAutocomplete<Topic | RemovedTopic>([
    ...topics.filter(({ value }) => value.kind === 'reply'),
    ...removed.map(({ topic, title, aliases }) => ({
      name: title,
      aliases,
      value: { kind: 'removed' as const, topic, title },
    })),
    ...topics.filter(({ value }) => value.kind === 'page'),
  ]);
}

function toEntry(page: Page, override: Reply | undefined): AutocompleteEntry<Topic> {
  const title = override?.title ?? page.title;
  const aliases = [page.name, ...(override ? [page.title, ...override.aliases] : [])];
  return {
    name: title,
    aliases,
    value: { kind: 'page', topic: page.name, title, page, ...(override ? { override } : {}) },
  };
}
