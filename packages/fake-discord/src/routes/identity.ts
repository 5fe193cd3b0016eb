// Routes for the bot user, its application, the gateway address and users (Discord docs, User, Application, Gateway).
import { z } from 'zod';
import { apiError } from '../api-error.ts';
import { channelJson, guildJson } from '../guild-json.ts';
import { SESSION_STARTS } from '../limits.ts';
import type { Guild, World } from '../model.ts';
import { parseForm, snowflake } from '../schema/form.ts';
import { userJson } from '../user-json.ts';
import { getOrCreateDm } from '../world.ts';
import { idIn, limitIn } from './query.ts';
import type { Backend, Route } from './route.ts';
import { ok } from './route.ts';

/** The default and maximum number of servers per page (Discord docs, User resource, Get Current User Guilds). */
const GUILDS_PAGE = 200;

/** Routes about the bot and about users. @param publicKey the application's key, in hexadecimal digits */
export function identityRoutes({ world }: Backend, publicKey: string): Route[] {
  const gatewayUrl = () => `${world.origin.replace(/^http/, 'ws')}/gateway`;
  const bot = () => ({ ...userJson(world.bot), verified: true, mfa_enabled: true, locale: 'en-US', email: null });
  return [
    { method: 'GET', path: '/gateway', needsNoToken: true, handle: () => ok({ url: gatewayUrl() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      handle: () =>
        ok({
          url: gatewayUrl(),
          shards: world.gatewayInfo.shards,
          session_start_limit: {
            total: SESSION_STARTS.total,
            remaining: world.gatewayInfo.remaining,
            reset_after: world.gatewayInfo.resetAfter,
            max_concurrency: 1,
          },
        }),
    },
    { method: 'GET', path: '/users/@me', handle: () => ok(bot()) },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      handle: ({ query }) => ok(guildPage(world, query).map((guild) => userGuildJson(world, guild))),
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      handle({ body }) {
        const form = parseForm(z.object({ recipient_id: snowflake }), body);
        const user = world.users.get(form.recipient_id);
        if (!user) throw apiError(10013);
        if (user.isBot) throw apiError(50007);
        return ok(channelJson(world, getOrCreateDm(world, user)));
      },
    },
    {
      method: 'GET',
      path: '/users/:user',
      handle({ param }) {
        const user = world.users.get(param('user'));
        if (!user) throw apiError(10013);
        return ok(userJson(user));
      },
    },
    { method: 'GET', path: '/applications/@me', handle: () => ok(applicationJson(world, publicKey)) },
    {
      method: 'GET',
      path: '/oauth2/applications/@me',
      handle: () => ok({ ...applicationJson(world, publicKey), bot: userJson(world.bot) }),
    },
  ];
}

/**
 * A page of servers by ascending id: the first ones, those after an id, or the last ones before an id (Discord docs,
 * User resource, Get Current User Guilds).
 */
function guildPage(world: World, query: URLSearchParams): Guild[] {
  const limit = limitIn(query, { max: GUILDS_PAGE });
  const [before, after] = [idIn(query, 'before'), idIn(query, 'after')];
  const found = [...world.guilds.values()]
    .filter(({ hasBot }) => hasBot)
    .filter(({ id }) => (after === undefined || BigInt(id) > after) && (before === undefined || BigInt(id) < before))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  return before !== undefined && after === undefined ? found.slice(-limit) : found.slice(0, limit);
}

function userGuildJson(world: World, guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner: false,
    permissions: String(guild.botPermissions),
    features: guildJson(world, guild).features,
  };
}

function applicationJson(world: World, publicKey: string) {
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    ...world.application,
    verify_key: publicKey,
    owner: { ...userJson(world.bot), bot: false },
    team: null,
    integration_types_config: { 0: {} },
    approximate_guild_count: world.guilds.size,
  };
}
