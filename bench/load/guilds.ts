// GUILD_CREATE payloads of a realistic size, which a bot with the GUILDS intent has to read and store.

/** A medium-sized community. For large ones Discord only sends members who are online, about 50. */
const REALISTIC = { channels: 40, overwrites: 3, roles: 25, members: 50, emojis: 20, threads: 5 };

/** The placeholder for the server's number, the last five digits of every id. */
const NUMBER = '#####';
const FIRST = 10_000;

/** An id that is unique across kinds and servers. */
const idOf = (kind: number, n = 0) => `8${String(kind).padStart(2, '0')}${String(n).padStart(4, '0')}000000${NUMBER}`;
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const withNumber = (text: string, index: number) => text.replaceAll(NUMBER, String(FIRST + index));

/** The id of a server. @param index counts from 0, up to 89,999 */
export function guildId(index: number): string {
  return withNumber(idOf(0), index);
}

/** A text channel of a server. */
export function channelId(index: number): string {
  return withNumber(idOf(1), index);
}

/** A member of a server. */
export function memberId(index: number): string {
  return withNumber(idOf(4), index);
}

/** The payload for one server as JSON; servers only differ in their ids. */
export function guildCreate(index: number): string {
  return withNumber(TEMPLATE, index);
}

const TEMPLATE = JSON.stringify({
  id: idOf(0),
  name: `Friends of the harbour ${NUMBER}`,
  icon: 'a'.repeat(32),
  description: 'Where people who work for themselves help each other.',
  splash: null,
  discovery_splash: null,
  banner: null,
  owner_id: idOf(4, 0),
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: idOf(1, 0),
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 2,
  default_message_notifications: 1,
  mfa_level: 1,
  explicit_content_filter: 2,
  max_presences: null,
  max_members: 500_000,
  max_video_channel_users: 25,
  max_stage_video_channel_users: 50,
  vanity_url_code: null,
  premium_tier: 1,
  premium_subscription_count: 3,
  premium_progress_bar_enabled: true,
  preferred_locale: 'en-US',
  rules_channel_id: idOf(1, 1),
  safety_alerts_channel_id: null,
  public_updates_channel_id: idOf(1, 2),
  nsfw_level: 0,
  features: ['COMMUNITY', 'NEWS', 'THREE_DAY_THREAD_ARCHIVE'],
  joined_at: '2026-01-01T00:00:00.000000+00:00',
  large: true,
  unavailable: false,
  member_count: 3000,
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  stickers: [],
  roles: times(REALISTIC.roles, (n) => ({
    id: n === 0 ? idOf(0) : idOf(2, n),
    name: `role number ${n}`,
    description: null,
    color: n * 1000,
    colors: { primary_color: n * 1000, secondary_color: null, tertiary_color: null },
    hoist: n % 3 === 0,
    icon: null,
    unicode_emoji: null,
    position: n,
    permissions: '1071698660929',
    managed: false,
    mentionable: false,
    flags: 0,
  })),
  emojis: times(REALISTIC.emojis, (n) => ({
    id: idOf(3, n),
    name: `emoji_${n}`,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  })),
  channels: times(REALISTIC.channels, (n) => ({
    id: idOf(1, n),
    type: n % 8 === 7 ? 4 : n % 5 === 4 ? 2 : 0,
    name: `channel-number-${n}`,
    topic: 'What this channel is for, and what people should read before they write here.',
    position: n,
    parent_id: n % 8 === 7 ? null : idOf(1, n - (n % 8) + 7 < REALISTIC.channels ? n - (n % 8) + 7 : 7),
    nsfw: false,
    flags: 0,
    last_message_id: idOf(6, n),
    rate_limit_per_user: 0,
    permission_overwrites: times(REALISTIC.overwrites, (k) => ({
      id: k === 0 ? idOf(0) : idOf(2, k),
      type: 0,
      allow: '1024',
      deny: '2048',
    })),
  })),
  threads: times(REALISTIC.threads, (n) => ({
    id: idOf(7, n),
    type: 11,
    guild_id: idOf(0),
    parent_id: idOf(1, 0),
    owner_id: idOf(4, n),
    name: `a thread about an invoice, number ${n}`,
    last_message_id: idOf(6, 100 + n),
    message_count: 20,
    member_count: 5,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: false,
      archive_timestamp: '2026-11-01T00:00:00.000000+00:00',
      auto_archive_duration: 4320,
      locked: false,
      create_timestamp: '2026-11-01T00:00:00.000000+00:00',
    },
    flags: 0,
    total_message_sent: 20,
  })),
  members: times(REALISTIC.members, (n) => ({
    user: {
      id: idOf(4, n),
      username: `member_${n}`,
      discriminator: '0',
      global_name: `Member ${n}`,
      avatar: 'b'.repeat(32),
      public_flags: 0,
      bot: false,
    },
    nick: null,
    avatar: null,
    banner: null,
    roles: [idOf(2, 1 + (n % 20)), idOf(2, 2 + (n % 20))],
    joined_at: '2025-06-01T00:00:00.000000+00:00',
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  })),
});
