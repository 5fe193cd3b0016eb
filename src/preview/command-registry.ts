// The application's commands, global and per server, with the ids that they keep.
import { apiError, invalidForm } from './api-error.ts';
import type { Clock } from './clock.ts';
import { COMMAND } from './limits.ts';
import type { Events } from './model.ts';
import type { CommandForm } from './schema/command.ts';
import { commandForm } from './schema/command.ts';
import { isRecord, parseForm } from './schema/form.ts';

/** A command as registered. `version` changes with its definition. */
export type RegisteredCommand = CommandForm & {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
};

/** Null for the global commands, else the server's id. */
export type Scope = string | null;

export interface CommandWrite {
  readonly method: string;
  readonly guildId?: string;
}

export interface CommandRegistry {
  /** Every command of every scope. */
  all(): RegisteredCommand[];
  in(scope: Scope): RegisteredCommand[];
  /** Throws ApiError 10063. */
  get(scope: Scope, id: string): RegisteredCommand;
  /** Writes one command over the one with the same name and type. Throws ApiError 50035, 30032, 30034. */
  upsert(scope: Scope, body: unknown): { command: RegisteredCommand; isNew: boolean };
  /** Throws ApiError 10063, 50035. */
  change(scope: Scope, id: string, body: unknown): RegisteredCommand;
  /** Makes these the only commands of the scope. Throws ApiError 50035, 30032, 30034, 50240. */
  replace(scope: Scope, body: unknown): RegisteredCommand[];
  /** Adds the Entry Point command that Discord itself makes for an application with Activities. */
  addEntryPoint(name: string): RegisteredCommand;
  /** Throws ApiError 10063. */
  remove(scope: Scope, id: string): void;
}

const NULLABLE = new Set([
  'name_localizations',
  'description_localizations',
  'default_member_permissions',
  'dm_permission',
  'contexts',
  'integration_types',
]);

export function createRegistry(clock: Clock, events: Events, applicationId: string): CommandRegistry {
  const scopes = new Map<Scope, RegisteredCommand[]>();
  const creates: { scope: Scope; at: number }[] = [];
  const list = (scope: Scope) => scopes.get(scope) ?? [];

  const store = (scope: Scope, commands: RegisteredCommand[]) => {
    for (const type of [1, 2, 3, 4] as const) {
      if (commands.filter((command) => command.type === type).length > COMMAND.perScope[type]) throw apiError(30032);
    }
    const added = commands.filter(({ id }) => !list(scope).some((old) => old.id === id)).length;
    const dayAgo = clock.now() - 24 * 60 * 60 * 1000;
    const today = creates.filter((create) => create.scope === scope && create.at > dayAgo).length;
    if (today + added > COMMAND.createsPerDay) throw apiError(30034);
    for (let i = 0; i < added; i++) creates.push({ scope, at: clock.now() });
    scopes.set(scope, commands);
    events.emit({ name: 'commands', guildId: scope });
  };

  const complete = (scope: Scope, form: CommandForm, id?: string): RegisteredCommand => {
    const known = list(scope).find((old) =>
      id === undefined ? old.name === form.name && old.type === form.type : old.id === id,
    );
    return {
      ...form,
      id: known?.id ?? clock.nextId(),
      application_id: applicationId,
      ...(scope === null ? {} : { guild_id: scope }),
      version: clock.nextId(),
    };
  };

  const get = (scope: Scope, id: string) => {
    const command = list(scope).find((each) => each.id === id);
    if (!command) throw apiError(10063);
    return command;
  };

  return {
    all: () => [...scopes.values()].flat(),
    in: list,
    get,
    upsert(scope, body) {
      const command = complete(scope, readFor(scope, body));
      const isNew = !list(scope).some(({ id }) => id === command.id);
      store(scope, [...list(scope).filter(({ id }) => id !== command.id), command]);
      return { command, isNew };
    },
    change(scope, id, body) {
      const old = get(scope, id);
      const form = read({ ...old, ...(isRecord(body) ? body : {}), type: old.type });
      const command = complete(scope, form, id);
      store(
        scope,
        list(scope).map((each) => (each.id === id ? command : each)),
      );
      return command;
    },
    replace(scope, body) {
      if (!Array.isArray(body))
        throw invalidForm([
          { path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
        ]);
      const forms = body.map((each, at) => readFor(scope, each, [at]));
      const entryPoint = list(scope).find(({ type }) => type === 4);
      if (entryPoint && !forms.some(({ type, name }) => type === 4 && name === entryPoint.name)) throw apiError(50240);
      forms.forEach((form, at) => {
        if (forms.findIndex((other) => other.name === form.name && other.type === form.type) < at) {
          throw invalidForm([
            {
              path: [at, 'name'],
              code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
              message: 'Application command names must be unique',
            },
          ]);
        }
      });
      store(
        scope,
        forms.map((form) => complete(scope, form)),
      );
      return list(scope);
    },
    addEntryPoint(name) {
      const command = complete(null, { type: 4, name, handler: 2, contexts: [0, 1, 2], integration_types: [0, 1] });
      scopes.set(null, [...list(null).filter(({ type }) => type !== 4), command]);
      return command;
    },
    remove(scope, id) {
      get(scope, id);
      store(
        scope,
        list(scope).filter((each) => each.id !== id),
      );
    },
  };
}

/** Entry Point commands are global only. */
function readFor(scope: Scope, body: unknown, under: readonly PropertyKey[] = []): CommandForm {
  const form = read(body, under);
  if (form.type === 4 && scope !== null) {
    const message = 'Entry Point commands can only be global';
    throw invalidForm([{ path: [...under, 'type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  return form;
}

/** A command without a type is a slash command. What Discord lists as null, because it is not set, it takes back. */
function read(body: unknown, under: readonly PropertyKey[] = []): CommandForm {
  if (!isRecord(body)) return parseForm(commandForm, body, under);
  const set = Object.entries(body).filter(([name, value]) => value !== null || !NULLABLE.has(name));
  return parseForm(commandForm, { ...Object.fromEntries(set), type: body.type ?? 1 }, under);
}
