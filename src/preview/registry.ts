// The application's commands, global and per server, with the ids that they keep.
import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import { COMMAND } from './limits.ts';
import { invalidForm, refusal } from './refusal.ts';
import type { CommandForm } from './schema/command.ts';
import { commandForm } from './schema/command.ts';
import { checkForm, isRecord } from './schema/form.ts';

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

export interface Registry {
  /** Every command of every scope. */
  all(): RegisteredCommand[];
  in(scope: Scope): RegisteredCommand[];
  /** Throws Refusal 10063. */
  get(scope: Scope, id: string): RegisteredCommand;
  /** Writes one command over the one with the same name and type. Throws Refusal 50035, 30032, 30034. */
  upsert(scope: Scope, body: unknown): { command: RegisteredCommand; isNew: boolean };
  /** Throws Refusal 10063, 50035. */
  change(scope: Scope, id: string, body: unknown): RegisteredCommand;
  /** Makes these the only commands of the scope. Throws Refusal 50035, 30032, 30034. */
  replace(scope: Scope, body: unknown): RegisteredCommand[];
  /** Throws Refusal 10063. */
  remove(scope: Scope, id: string): void;
}

export function createRegistry(clock: Clock, events: Events, applicationId: string): Registry {
  const scopes = new Map<Scope, RegisteredCommand[]>();
  const creates: { scope: Scope; at: number }[] = [];
  const list = (scope: Scope) => scopes.get(scope) ?? [];

  const store = (scope: Scope, commands: RegisteredCommand[]) => {
    for (const type of [1, 2, 3] as const) {
      if (commands.filter((command) => command.type === type).length > COMMAND.perScope[type]) throw refusal(30032);
    }
    const added = commands.filter(({ id }) => !list(scope).some((old) => old.id === id)).length;
    const dayAgo = clock.now() - 24 * 60 * 60 * 1000;
    const today = creates.filter((create) => create.scope === scope && create.at > dayAgo).length;
    if (today + added > COMMAND.createsPerDay) throw refusal(30034);
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
    if (!command) throw refusal(10063);
    return command;
  };

  return {
    all: () => [...scopes.values()].flat(),
    in: list,
    get,
    upsert(scope, body) {
      const command = complete(scope, read(body));
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
      const forms = body.map((each, at) => read(each, [at]));
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
    remove(scope, id) {
      get(scope, id);
      store(
        scope,
        list(scope).filter((each) => each.id !== id),
      );
    },
  };
}

/** A command without a type is a slash command. */
function read(body: unknown, under: readonly PropertyKey[] = []): CommandForm {
  return checkForm(commandForm, isRecord(body) ? { ...body, type: body.type ?? 1 } : body, under);
}
