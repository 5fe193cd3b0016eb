// Routes that register application commands (Discord docs, Application Commands, Endpoints).
import { apiError } from '../api-error.ts';
import type { RegisteredCommand, Scope } from '../command-registry.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

/** Routes for global commands, and the same for commands of a server. */
export function commandRoutes({ world, registry }: Backend): Route[] {
  const scopeOf = ({ param }: RestRequest, isGuild: boolean): Scope => {
    if (param('application') !== world.applicationId)
      throw apiError(20009, "Another application's commands can't be changed");
    if (!isGuild) return null;
    const guild = world.guilds.get(param('guild'));
    if (!guild?.hasBot) throw apiError(50001);
    return guild.id;
  };
  return [false, true].flatMap((isGuild): Route[] => {
    const path = isGuild ? '/applications/:application/guilds/:guild/commands' : '/applications/:application/commands';
    return [
      {
        method: 'GET',
        path,
        handle(request) {
          const isFull = request.query.get('with_localizations') === 'true';
          const commands = registry.in(scopeOf(request, isGuild)).map(commandJson);
          return ok(isFull ? commands : commands.map(withoutLocalizations));
        },
      },
      { method: 'PUT', path, handle: (request) => ok(registry.replace(scopeOf(request, isGuild), request.body)) },
      {
        method: 'POST',
        path,
        handle(request) {
          const { command, isNew } = registry.upsert(scopeOf(request, isGuild), request.body);
          return ok(command, isNew ? 201 : 200);
        },
      },
      {
        method: 'GET',
        path: `${path}/:command`,
        handle: (request) => ok(registry.get(scopeOf(request, isGuild), request.param('command'))),
      },
      {
        method: 'PATCH',
        path: `${path}/:command`,
        handle: (request) => ok(registry.change(scopeOf(request, isGuild), request.param('command'), request.body)),
      },
      {
        method: 'DELETE',
        path: `${path}/:command`,
        handle(request) {
          registry.remove(scopeOf(request, isGuild), request.param('command'));
          return undefined;
        },
      },
    ];
  });
}

/** Discord lists unset fields as null. */
function commandJson(command: RegisteredCommand) {
  const unset = {
    description: '',
    name_localizations: null,
    description_localizations: null,
    default_member_permissions: null,
    contexts: null,
    nsfw: false,
  };
  return { ...unset, ...command };
}

/** Lists omit the localizations of the command itself unless requested. */
function withoutLocalizations({
  name_localizations: _names,
  description_localizations: _descriptions,
  ...command
}: ReturnType<typeof commandJson>) {
  return command;
}
