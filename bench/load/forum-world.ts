// New posts in the forums of the fake Discord for load tests, what is written under them, and the requests about them.
import type { Edition } from '../../src/guide/model.ts';
import type { LoadDiscord } from './discord.ts';
import { channelId, guildId, memberId } from './guilds.ts';
import { APPLICATION, PLAIN_MESSAGE } from './interactions.ts';
import type { LoadRequest, SendReply } from './rest-server.ts';

/** Requests of a bot a second, except those with a token in the path (Discord docs, Rate Limits, "Global Rate Limit"). */
const GLOBAL_LIMIT = 50;
const WINDOW_MS = 1000;
/** One of so many titles is clear. */
const CLEAR_EVERY = 3;
/** Titles that say nothing; the other unclear ones are questions that no page answers. */
const VAGUE = [
  'Help please',
  'Question',
  'Need some advice on my profile',
  'urgent!!',
  'What would you do?',
  'New here',
];
/** In each ten posts: the asker writes more in two, and somebody else answers one before the bot may. */
const OWN = { digits: [3, 7], afterMs: 800 };
const OTHER = { digits: [5], afterMs: 1500 };

/** A post that the bot does not read any more, or has not read yet, has not been asked for. */
interface Post {
  readonly guild: number;
  readonly title: string;
  lastMessageId: string;
  isAskedFor: boolean;
  isAnswered: boolean;
  isOvertaken: boolean;
}

/** What became of posts. */
export interface PostCounts {
  readonly posts: number;
  readonly answered: number;
  /** The bot has read the title, nobody else has written, and the bot has left the post to people. */
  readonly left: number;
  /** Somebody else has written, and the bot has not. */
  readonly overtaken: number;
  /** The bot has not read the title, and nobody else has written. */
  readonly notRead: number;
}

/** @param index of a server @returns the id of its forum */
export function forumId(index: number): string {
  return channelId(index).replace(/^801/, '809');
}

export class ForumWorld {
  /** Answers 429, which a bot that keeps to the limit never sees. */
  refusals = 0;
  requests = 0;
  /** Called when "thinking…" is replaced, with the interaction's token. */
  onResult: (token: string) => void = () => undefined;
  readonly #discord: LoadDiscord;
  readonly #servers: number;
  readonly #clear: readonly string[];
  readonly #unclear: readonly string[];
  /** By the id of the thread. */
  readonly #posts = new Map<string, Post>();
  #window = { endsAt: 0, taken: 0 };
  #number = 0;

  constructor(discord: LoadDiscord, edition: Edition, servers: number) {
    this.#discord = discord;
    this.#servers = servers;
    this.#clear = [...edition.pages.values()].flatMap(({ questions }) => questions);
    this.#unclear = edition.search.offTopic.flatMap((text, i) => [text, VAGUE[i % VAGUE.length] ?? '']);
    discord.onRequest = (request) => this.#reply(request);
  }

  /** Somebody makes a post in the next server's forum. */
  post(): void {
    const number = this.#number++;
    const guild = number % this.#servers;
    const threadId = String(880_000_000_000_000_000n + BigInt(number));
    const titles = number % CLEAR_EVERY === 0 ? this.#clear : this.#unclear;
    const title = titles[(number * 7) % titles.length] ?? '';
    const post = { guild, title, lastMessageId: threadId, isAskedFor: false, isAnswered: false, isOvertaken: false };
    this.#posts.set(threadId, post);
    this.#discord.event('MESSAGE_CREATE', messageJson(threadId, threadId, guild, memberId(guild)));
    const write = (author: string) => {
      post.lastMessageId = String(890_000_000_000_000_000n + BigInt(number));
      this.#discord.event('MESSAGE_CREATE', messageJson(threadId, post.lastMessageId, guild, author));
    };
    const digit = number % 10;
    if (OWN.digits.includes(digit)) setTimeout(() => write(memberId(guild)), OWN.afterMs);
    if (!OTHER.digits.includes(digit)) return;
    post.isOvertaken = true;
    setTimeout(() => write(memberId(guild + 1)), OTHER.afterMs);
  }

  /** How many posts wait for the bot, as far as Discord can tell: it reads the thread of each, also if somebody was faster. */
  get waiting(): number {
    return [...this.#posts.values()].filter(({ isAskedFor }) => !isAskedFor).length;
  }

  /** What became of the posts since this was called last. */
  takeCounts(): PostCounts {
    const posts = [...this.#posts.values()];
    this.#posts.clear();
    const count = (matches: (post: Post) => boolean) => posts.filter(matches).length;
    return {
      posts: posts.length,
      answered: count(({ isAnswered }) => isAnswered),
      left: count(({ isAskedFor, isAnswered, isOvertaken }) => isAskedFor && !isAnswered && !isOvertaken),
      overtaken: count(({ isAnswered, isOvertaken }) => isOvertaken && !isAnswered),
      notRead: count(({ isAskedFor, isOvertaken }) => !isAskedFor && !isOvertaken),
    };
  }

  #reply({ method, path }: LoadRequest): Parameters<SendReply> | undefined {
    const webhook = /^\/api\/v10\/webhooks\/\d+\/([^/]+)\/messages\/(?:@|%40)original/.exec(path);
    if (webhook) {
      this.onResult(webhook[1] ?? '');
      return [200, messageJson('1', '2', 0, APPLICATION)];
    }
    const wait = this.#take();
    if (wait !== undefined) {
      this.refusals += 1;
      return limited(wait);
    }
    const [, channel = '', rest = ''] = /^\/api\/v10\/channels\/(\d+)(.*)/.exec(path) ?? [];
    if (path.endsWith('/users/@me/channels')) return [200, JSON.stringify({ id: '870000000000000001', type: 1 })];
    if (channel === '') return undefined;
    const post = this.#posts.get(channel);
    if (method === 'DELETE') return [204];
    if (method === 'POST') {
      if (post) post.isAnswered = true;
      return [200, messageJson(channel, '2', post?.guild ?? 0, APPLICATION)];
    }
    // Of the round before: nobody counts it any more.
    if (!post) return [404, '{"message":"Unknown Channel","code":10003}'];
    if (rest !== '') return [200, `[${messageJson(channel, post.lastMessageId, post.guild, memberId(post.guild))}]`];
    post.isAskedFor = true;
    return [200, threadJson(channel, post)];
  }

  /** Counts a request. @returns the seconds to wait if there were too many */
  #take(): number | undefined {
    const now = performance.now();
    if (now >= this.#window.endsAt) this.#window = { endsAt: now + WINDOW_MS, taken: 0 };
    this.#window.taken += 1;
    this.requests += 1;
    return this.#window.taken > GLOBAL_LIMIT ? (this.#window.endsAt - now) / 1000 : undefined;
  }
}

function limited(seconds: number): Parameters<SendReply> {
  const body = JSON.stringify({ message: 'You are being rate limited.', retry_after: seconds, global: true });
  return [429, body, { 'retry-after': String(seconds), 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }];
}

function threadJson(id: string, { guild, title, lastMessageId }: Post): string {
  return JSON.stringify({
    id,
    type: 11,
    guild_id: guildId(guild),
    parent_id: forumId(guild),
    owner_id: memberId(guild),
    name: title,
    last_message_id: lastMessageId,
    message_count: 0,
    total_message_sent: 0,
    member_count: 1,
    rate_limit_per_user: 0,
    flags: 0,
    applied_tags: [],
    thread_metadata: {
      archived: false,
      archive_timestamp: '2026-11-27T00:00:00.000000+00:00',
      auto_archive_duration: 4320,
      locked: false,
      create_timestamp: '2026-11-27T00:00:00.000000+00:00',
    },
  });
}

/** A message as a bot without the Message Content intent receives it. @param guild the index of its server */
export function messageJson(channel: string, id: string, guild: number, author: string): string {
  const user = {
    id: author,
    username: 'member',
    discriminator: '0',
    global_name: 'A member',
    avatar: 'b'.repeat(32),
    public_flags: 0,
    bot: author === APPLICATION,
  };
  return JSON.stringify({
    ...PLAIN_MESSAGE,
    id,
    type: 0,
    channel_id: channel,
    guild_id: guildId(guild),
    author: user,
    member: { nick: null, avatar: null, roles: ['840000000000000001'], joined_at: '2025-06-01T00:00:00.000000+00:00' },
    content: '',
    embeds: [],
    components: [],
    flags: 0,
    nonce: id,
    timestamp: '2026-11-27T00:00:00.000000+00:00',
  });
}
