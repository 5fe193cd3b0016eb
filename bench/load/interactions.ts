// Interactions as Discord sends them, in the mix of a day: one command, then four clicks along a real way.
import { readContentFolder } from '../../src/content/files.ts';
import { writeWalkId } from '../../src/discord/custom-id.ts';
import type { Edition, Page } from '../../src/guide/model.ts';
import { extendPath, type Path, startOf } from '../../src/guide/walk.ts';
import { channelId, guildId, memberId } from './guilds.ts';

export const APPLICATION = '800000000000000001';
const CLICKS = 4;
/** From how many servers interactions come. */
export const SERVERS = 300;
/** Interaction tokens are about 200 characters. */
const TOKEN = 'aW50ZXJhY3Rpb246'.repeat(13);

/** The guides that interactions walk along. */
export async function shippedEdition(): Promise<Edition> {
  const { content } = await readContentFolder('content');
  const edition = content?.editions.get('en');
  if (!edition) throw new Error('the shipped content has errors: npm run content shows them');
  return edition;
}

/** Makes interactions without end, each with an id of its own. */
export type Make = () => { id: string; json: string };

/** Walks. */
export function interactionsOf(edition: Edition): Make {
  const commands = edition.guides.flatMap(({ command }) => command ?? []);
  let number = 0;
  let walk: { command: string; way: Path; clicks: number } | undefined;
  return () => {
    number += 1;
    const id = String(900_000_000_000_000_000n + BigInt(number));
    const around = aroundOf(id, number);
    if (walk && walk.clicks < CLICKS) {
      const next = nextPage(edition, walk.way, number);
      walk = { ...walk, way: next ? extendPath(walk.way, next) : walk.way, clicks: walk.clicks + 1 };
      return { id, json: press(around, walk.way) };
    }
    const command = commands[number % commands.length] ?? '';
    const start = startOf(edition, command);
    walk = start && { command, way: [start], clicks: 0 };
    return { id, json: slash(around, command) };
  };
}

/** As `interactionsOf`, and between the walks whatever else members do: questions, topics being typed, topics shown. */
export function everythingOf(edition: Edition): Make {
  const walk = interactionsOf(edition);
  const pages = [...edition.pages.values()];
  const questions = pages.flatMap(({ questions: own }) => own);
  let number = 0;
  return () => {
    number += 1;
    const page = pages[number % pages.length];
    const question = `${questions[number % questions.length]} ${number}`;
    const id = String(950_000_000_000_000_000n + BigInt(number));
    const around = aroundOf(id, number);
    const text = (name: string, value: string, more = {}) => [{ type: 3, name, value, ...more }];
    switch (number % 6) {
      case 0:
        return { id, json: slash(around, 'ask', text('question', question)) };
      case 1:
        return { id, json: slash(around, 'faq', text('topic', page?.name ?? '')) };
      case 2:
        return { id, json: slash(around, 'faq', text('topic', question.slice(0, 20), { focused: true }), 4) };
      case 3:
        return { id, json: slash(around, 'help') };
      default:
        return walk();
    }
  };
}

/** One of the pages to which the present one leads; a walk that is at its end stays there. */
function nextPage(edition: Edition, path: Path, number: number): Page | undefined {
  const links = (path.at(-1) ?? path[0]).links.flatMap((link) => (link.kind === 'page' ? link.page : []));
  return edition.pages.get(links[scattered(number) % Math.max(1, links.length)] ?? '');
}

/** Numbers in a row, scattered, so that members come by hundreds of different ways (Knuth's multiplicative hash). */
function scattered(number: number): number {
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

/** What every interaction in a server carries. */
function aroundOf(id: string, number: number) {
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

/** @param type 2 for a command that was sent, 4 for one that is being typed */
function slash(around: object, name: string, options: object[] = [], type = 2): string {
  return JSON.stringify({ ...around, type, data: { id: '850000000000000001', name, type: 1, options } });
}

function press(around: ReturnType<typeof aroundOf>, path: Path): string {
  const from = path.at(-2) ?? path[0];
  const custom_id = writeWalkId('open', path);
  const message = {
    id: '860000000000000001',
    type: 20,
    channel_id: around.channel_id,
    author: { ...USER, id: APPLICATION, bot: true },
    content: '',
    embeds: [{ type: 'rich', title: from.title, description: from.text, content_scan_version: 0 }],
    components: [
      { type: 1, id: 1, components: [{ type: 2, id: 2, custom_id, label: from.title.slice(0, 80), style: 1 }] },
    ],
    attachments: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    flags: 64,
    edited_timestamp: null,
    timestamp: '2026-11-24T00:00:00.000000+00:00',
    application_id: APPLICATION,
    webhook_id: APPLICATION,
  };
  const data = { custom_id, component_type: 2, id: 2 };
  return JSON.stringify({ ...around, type: 3, data, message });
}
