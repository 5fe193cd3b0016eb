// Creates interactions as Discord sends them: walks of a command and four clicks, and other commands.
import { readContentFolder } from '../../src/content/files.ts';
import { writeWalkId } from '../../src/discord/custom-id.ts';
import type { Edition, Page } from '../../src/guide/model.ts';
import { extendPath, type Path, startOf } from '../../src/guide/walk.ts';
import { channelId, guildId, memberId } from './guilds.ts';

export const APPLICATION = '800000000000000001';
const CLICKS = 4;
/** The number of servers that interactions come from. */
export const SERVERS = 300;
/** Interaction tokens are about 200 characters. */
const TOKEN = 'aW50ZXJhY3Rpb246'.repeat(13);

/** The edition that the interactions walk through. */
export async function shippedEdition(): Promise<Edition> {
  const { content } = await readContentFolder('content');
  const edition = content?.editions.get('en');
  if (!edition) throw new Error('the shipped content has errors: npm run content shows them');
  return edition;
}

/** Creates the next interaction, with an id of its own. */
export type CreateInteraction = () => { id: string; json: string };

/** Walks: a command, then four clicks on links. */
export function walkInteractions(edition: Edition): CreateInteraction {
  const commands = edition.guides.flatMap(({ command }) => command ?? []);
  let number = 0;
  let walk: { command: string; path: Path; clicks: number } | undefined;
  return () => {
    number += 1;
    const id = String(900_000_000_000_000_000n + BigInt(number));
    const common = commonFields(id, number);
    if (walk && walk.clicks < CLICKS) {
      const next = nextPage(edition, walk.path, number);
      walk = { ...walk, path: next ? extendPath(walk.path, next) : walk.path, clicks: walk.clicks + 1 };
      return { id, json: press(common, walk.path, edition) };
    }
    const command = commands[number % commands.length] ?? '';
    const start = startOf(edition, command);
    walk = start && { command, path: [start], clicks: 0 };
    return { id, json: slash(common, command) };
  };
}

/** Walks mixed with other interactions: questions, autocomplete of topics, topics, help. */
export function mixedInteractions(edition: Edition): CreateInteraction {
  const walk = walkInteractions(edition);
  const pages = [...edition.pages.values()];
  const questions = pages.flatMap(({ questions: own }) => own);
  let number = 0;
  return () => {
    number += 1;
    const page = pages[number % pages.length];
    const question = `${questions[number % questions.length]} ${number}`;
    const id = String(950_000_000_000_000_000n + BigInt(number));
    const common = commonFields(id, number);
    const text = (name: string, value: string, more = {}) => [{ type: 3, name, value, ...more }];
    switch (number % 6) {
      case 0:
        return { id, json: slash(common, 'ask', text('question', question)) };
      case 1:
        return { id, json: slash(common, 'faq', text('topic', page?.name ?? '')) };
      case 2:
        return { id, json: slash(common, 'faq', text('topic', question.slice(0, 20), { focused: true }), 4) };
      case 3:
        return { id, json: slash(common, 'help') };
      default:
        return walk();
    }
  };
}

/** A page that the current page links to; undefined at the end of a walk. */
function nextPage(edition: Edition, path: Path, number: number): Page | undefined {
  const links = (path.at(-1) ?? path[0]).links.flatMap((link) => (link.kind === 'page' ? link.page : []));
  return edition.pages.get(links[hash(number) % Math.max(1, links.length)] ?? '');
}

/** Knuth's multiplicative hash: consecutive numbers lead to hundreds of different paths. */
function hash(number: number): number {
  return Math.imul(number, 2_654_435_761) >>> 8;
}

const USER = {
  id: '810000000000000001',
  username: 'member',
  discriminator: '0',
  global_name: 'A member',
  avatar: 'b'.repeat(32),
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
  clan: null,
  public_flags: 0,
};

/** The fields that all interactions in a server have. @param number decides the server */
export function commonFields(id: string, number: number) {
  const index = number % SERVERS;
  const guild = guildId(index);
  return {
    version: 1,
    id,
    token: TOKEN,
    application_id: APPLICATION,
    locale: 'en-US',
    guild_locale: 'en-US',
    guild_id: guild,
    guild: { id: guild, locale: 'en-US', features: ['COMMUNITY', 'NEWS'] },
    channel_id: channelId(index),
    channel: {
      id: channelId(index),
      type: 0,
      name: 'questions',
      topic: 'Ask here.',
      position: 3,
      parent_id: null,
      nsfw: false,
      flags: 0,
      last_message_id: '830000000000000001',
      rate_limit_per_user: 0,
      permissions: '2248473465835073',
      guild_id: guild,
      theme_color: null,
      icon_emoji: null,
    },
    member: {
      user: { ...USER, id: memberId(index) },
      nick: null,
      avatar: null,
      banner: null,
      roles: ['840000000000000001', '840000000000000002'],
      permissions: '2248473465835073',
      joined_at: '2025-06-01T00:00:00.000000+00:00',
      premium_since: null,
      communication_disabled_until: null,
      unusual_dm_activity_until: null,
      deaf: false,
      mute: false,
      pending: false,
      flags: 0,
    },
    app_permissions: '2251799813685247',
    authorizing_integration_owners: { 0: guild },
    context: 0,
    attachment_size_limit: 10_485_760,
    entitlement_sku_ids: [],
    entitlements: [],
  };
}

type CommonFields = ReturnType<typeof commonFields>;

/** @param type 2 for a command, 4 for autocomplete */
function slash(common: object, name: string, options: object[] = [], type = 2): string {
  return JSON.stringify({ ...common, type, data: { id: '850000000000000001', name, type: 1, options } });
}

function press(common: CommonFields, path: Path, edition: Edition): string {
  return click(common, path.at(-2) ?? path[0], writeWalkId('open', path, { edition }));
}

/** The fields of a message that most messages do not use. */
export const PLAIN_MESSAGE = {
  attachments: [],
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
  pinned: false,
  tts: false,
  edited_timestamp: null,
} as const;

/** A click on a button under a message that shows a page. @param isPublic whether everyone sees that message */
export function click(common: CommonFields, from: Page, custom_id: string, isPublic = false): string {
  const message = {
    ...PLAIN_MESSAGE,
    id: '860000000000000001',
    type: 20,
    channel_id: common.channel_id,
    author: { ...USER, id: APPLICATION, bot: true },
    content: '',
    embeds: [{ type: 'rich', title: from.title, description: from.text, content_scan_version: 0 }],
    components: [
      { type: 1, id: 1, components: [{ type: 2, id: 2, custom_id, label: from.title.slice(0, 80), style: 1 }] },
    ],
    flags: isPublic ? 0 : 64,
    timestamp: '2026-11-24T00:00:00.000000+00:00',
    application_id: APPLICATION,
    webhook_id: APPLICATION,
  };
  const data = { custom_id, component_type: 2, id: 2 };
  return JSON.stringify({ ...common, type: 3, data, message });
}
