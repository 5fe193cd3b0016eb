// Routes for servers, their channels, roles and members (Discord docs, Guild resource).
import { apiError } from '../api-error.ts';
import { channelJson, guildJson } from '../guild-json.ts';
import type { Guild } from '../model.ts';
import { botMemberJson, memberJson, rolesJson } from '../user-json.ts';
import { isThread } from '../world.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

/** Routes that only read. A server without the bot is unknown (10004). */
export function guildRoutes({ world }: Backend): Route[] {
  const guildOf = ({ param }: RestRequest): Guild => {
    const guild = world.guilds.get(param('guild'));
    if (!guild?.hasBot) throw apiError(10004);
    return guild;
  };
  return [
    { method: 'GET', path: '/guilds/:guild', handle: (request) => ok(guildJson(world, guildOf(request))) },
    {
      method: 'GET',
      path: '/guilds/:guild/channels',
      handle: (request) =>
        ok(
          guildOf(request)
            .channels.filter((channel) => !isThread(channel))
            .map((channel) => channelJson(world, channel)),
        ),
    },
    { method: 'GET', path: '/guilds/:guild/roles', handle: (request) => ok(rolesJson(world, guildOf(request))) },
    {
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      handle(request) {
        const guild = guildOf(request);
        const id = request.param('user');
        if (id === world.bot.id || id === '@me') return ok(botMemberJson(world, guild));
        const member = guild.members.get(id);
        if (!member) throw apiError(world.users.has(id) ? 10007 : 10013);
        return ok(memberJson(member));
      },
    },
  ];
}
