// Routes about the bot itself, its application, the gateway's address, and users (Discord docs, User, Application, Gateway).
import { channelJson, guildJson, userJson } from '../objects.ts';
import { refusal } from '../refusal.ts';
import { isRecord } from '../schema/form.ts';
import type { World } from '../world.ts';
import { dmWith } from '../world.ts';
import type { Backend, Route } from './route.ts';
import { ok } from './route.ts';

export function identityRoutes({ world }: Backend, publicKey: string): Route[] {
  const gatewayUrl = () => `${world.origin.replace(/^http/, 'ws')}/gateway`;
  const bot = () => ({ ...userJson(world.bot), verified: true, mfa_enabled: true, locale: 'en-US', email: null });
  return [
    { method: 'GET', path: '/gateway', isOpen: true, handle: () => ok({ url: gatewayUrl() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      handle: () =>
        ok({
          url: gatewayUrl(),
          shards: 1,
          session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
        }),
    },
    { method: 'GET', path: '/users/@me', handle: () => ok(bot()) },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      handle: () =>
        ok(
          [...world.guilds.values()]
            .filter(({ hasBot }) => hasBot)
            .map((guild) => ({
              id: guild.id,
              name: guild.name,
              icon: null,
              owner: false,
              permissions: String(guild.botPermissions),
              features: guildJson(world, guild).features,
            })),
        ),
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      handle({ body }) {
        const user = world.users.get(String(isRecord(body) ? body.recipient_id : ''));
        if (!user) throw refusal(10013);
        if (user.isBot) throw refusal(50007);
        return ok(channelJson(world, dmWith(world, user)));
      },
    },
    {
      method: 'GET',
      path: '/users/:user',
      handle({ param }) {
        const user = world.users.get(param('user'));
        if (!user) throw refusal(10013);
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

export function applicationJson(world: World, publicKey: string) {
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: publicKey,
    flags: 0,
    owner: { ...userJson(world.bot), bot: false },
    team: null,
    integration_types_config: { 0: {} },
    interactions_endpoint_url: null,
    approximate_guild_count: world.guilds.size,
  };
}
