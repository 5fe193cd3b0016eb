// Servers, channels and threads in the JSON of Discord's API (Discord docs, Guild and Channel resources).
import { ChannelType } from 'discord-api-types/v10';
import { canBotView } from './access.ts';
import { isoTime } from './clock.ts';
import type { Channel, Guild, Json, Overwrite, World } from './model.ts';
import { ALL_PERMISSIONS } from './permissions.ts';
import { botMemberJson, JOINED_AT, rolesJson, userJson } from './user-json.ts';
import { isForum, isThread, postsOf } from './world.ts';

/** "An approximate count of users in a thread, stops counting at 50" (Discord docs, Channel resource). */
const MEMBER_COUNT_LIMIT = 50;

/** A server without its channels and members (Discord docs, Guild resource, Guild object). */
export function guildJson(world: World, guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    roles: rolesJson(world, guild),
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 2,
    emojis: [],
    stickers: [],
    features: ['COMMUNITY'],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    max_members: 500_000,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
  };
}

/** The data of GUILD_CREATE. Of the threads, it has the active ones that the bot may see (Discord docs, Gateway Events). */
export function guildCreateJson(world: World, guild: Guild): Json {
  const isShown = (channel: Channel) => !isThread(channel);
  return {
    ...guildJson(world, guild),
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: guild.members.size + 1,
    members: [botMemberJson(world, guild)],
    channels: guild.channels.filter(isShown).map((channel) => channelJson(world, channel)),
    threads: guild.channels
      .filter((channel) => isThread(channel) && !channel.archived && canBotView(channel))
      .map((channel) => channelJson(world, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A channel, thread or direct message (Discord docs, Channel resource, Channel object). */
export function channelJson(world: World, channel: Channel): Json {
  const { id, type, guild, recipient } = channel;
  const common = { id, type, flags: 0, last_message_id: lastMessageId(channel) };
  if (guild === null) return { ...common, recipients: recipient ? [userJson(recipient)] : [] };
  const inGuild = {
    ...common,
    guild_id: guild.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (isThread(channel)) return { ...inGuild, ...threadJson(world, channel) };
  return {
    ...inGuild,
    topic: null,
    nsfw: false,
    position: guild.channels.indexOf(channel),
    last_pin_timestamp: lastPinTime(channel),
    permission_overwrites: overwritesJson(world, channel),
    ...(type === ChannelType.GuildVoice ? { bitrate: 64_000, user_limit: 0, rtc_region: null } : {}),
    ...(isForum(channel) ? forumJson(channel) : {}),
  };
}

/** Of a forum, the id of its newest post (same page, `last_message_id`). */
function lastMessageId(channel: Channel): string | null {
  const ids = isForum(channel) ? postsOf(channel).map(({ id }) => id) : [...channel.messages.keys()];
  return ids.at(-1) ?? null;
}

function forumJson({ availableTags }: Channel): Json {
  return {
    available_tags: availableTags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

/** Counts leave out the first message of a post (same page, `message_count` and `total_message_sent`). */
function threadJson(world: World, channel: Channel): Json {
  const { owner, messages, parent } = channel;
  const users = new Set([owner, ...[...messages.values()].map(({ author }) => author)]);
  const joined = { id: channel.id, user_id: world.bot.id, join_timestamp: JOINED_AT, flags: 0 };
  return {
    owner_id: owner.id,
    message_count: messages.size - (messages.has(channel.id) ? 1 : 0),
    total_message_sent: channel.totalSent,
    member_count: Math.min(users.size, MEMBER_COUNT_LIMIT),
    last_pin_timestamp: lastPinTime(channel),
    // Whoever creates a thread or writes in it is a member of it.
    ...(users.has(world.bot) ? { member: joined } : {}),
    ...(parent && isForum(parent) ? { applied_tags: channel.appliedTags } : {}),
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: 4320,
      archive_timestamp: isoTime(channel.archiveChangedAt),
      create_timestamp: isoTime(channel.createdAt),
    },
  };
}

/** The time of the newest pin, or null. */
export function lastPinTime({ pins }: Channel): string | null {
  const newest = pins[0]?.pinnedAt;
  return typeof newest === 'number' ? isoTime(newest) : null;
}

// Clients compute permissions from roles and overwrites: the result must equal those in interactions.
function overwritesJson(world: World, { botPermissions, overwrites }: Channel): Json[] {
  const json = (id: string, { type, allow, deny }: Overwrite) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  });
  const own: Overwrite | null =
    botPermissions === null ? null : { type: 1, allow: botPermissions, deny: ALL_PERMISSIONS & ~botPermissions };
  return [
    ...[...overwrites].map(([id, overwrite]) => json(id, overwrite)),
    ...(own === null ? [] : [json(world.bot.id, own)]),
  ];
}
