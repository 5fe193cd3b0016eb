// The registered commands of the application, global and per server.
import { type ApiError, apiError, invalidForm } from './api-error.ts';
import type { FakeClock } from './clock.ts';
import { COMMAND } from './limits.ts';
import type { Events, World } from './model.ts';
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

/** Null for global commands, otherwise the server's id. */
export type Scope = string | null;

/** A successful write of commands: the HTTP method, and the server for commands of a server. */
export interface CommandWrite {
  readonly method: string;
  readonly guildId?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Fields that Discord lists as null where they are not set. */
const NULLABLE = new Set([
  'name_localizations',
  'description_localizations',
  'default_member_permissions',
  'dm_permission',
  'contexts',
  'integration_types',
]);

/** Registers commands, with the limits of each scope (Discord docs, Application Commands, Registering a Command). */
export class CommandRegistry {
  readonly #clock: FakeClock;
  readonly #events: Events;
  readonly #applicationId: string;
  readonly #scopes = new Map<Scope, RegisteredCommand[]>();
  readonly #creates: { readonly scope: Scope; readonly at: number }[] = [];

  constructor({ clock, events, applicationId }: Pick<World, 'clock' | 'events' | 'applicationId'>) {
    this.#clock = clock;
    this.#events = events;
    this.#applicationId = applicationId;
  }

  /** All commands of all scopes. */
  all(): RegisteredCommand[] {
    return [...this.#scopes.values()].flat();
  }

  /** The commands of one scope, in the order of their registration. */
  in(scope: Scope): RegisteredCommand[] {
    return this.#scopes.get(scope) ?? [];
  }

  /** Throws ApiError 10063. */
  get(scope: Scope, id: string): RegisteredCommand {
    const command = this.in(scope).find((each) => each.id === id);
    if (!command) throw apiError(10063);
    return command;
  }

  /** Creates a command or replaces the one with the same name and type. Throws ApiError 50035, 30032, 30034. */
  upsert(scope: Scope, body: unknown): { command: RegisteredCommand; isNew: boolean } {
    const command = this.#build(scope, parseFor(scope, body));
    const others = this.in(scope).filter(({ id }) => id !== command.id);
    const isNew = others.length === this.in(scope).length;
    this.#store(scope, [...others, command]);
    return { command, isNew };
  }

  /** Changes the given fields of a command. Throws ApiError 10063, and 50035 also for the name of another command. */
  change(scope: Scope, id: string, body: unknown): RegisteredCommand {
    const old = this.get(scope, id);
    const form = parse(isRecord(body) ? { ...old, ...body, type: old.type } : body);
    const others = this.in(scope).filter((each) => each.id !== id);
    if (others.some(({ name, type }) => name === form.name && type === form.type)) throw duplicateName(['name']);
    const command = this.#build(scope, form, id);
    const commands = this.in(scope).map((each) => (each.id === id ? command : each));
    this.#store(scope, commands);
    return command;
  }

  /** Replaces all commands of the scope. Throws ApiError 50035, 30032, 30034, 50240. */
  replace(scope: Scope, body: unknown): RegisteredCommand[] {
    if (!Array.isArray(body))
      throw invalidForm([{ path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' }]);
    const forms = body.map((each, at) => parseFor(scope, each, [at]));
    const entryPoint = this.in(scope).find(({ type }) => type === 4);
    if (entryPoint && !forms.some(({ type, name }) => type === 4 && name === entryPoint.name)) throw apiError(50240);
    requireUniqueNames(forms);
    const commands = forms.map((form) => this.#build(scope, form));
    this.#store(scope, commands);
    return commands;
  }

  /** Adds the Entry Point command that Discord itself creates for an application with Activities. */
  addEntryPoint(name: string): RegisteredCommand {
    const form: CommandForm = { type: 4, name, handler: 2, contexts: [0, 1, 2], integration_types: [0, 1] };
    const command = this.#build(null, form);
    this.#scopes.set(null, [...this.in(null).filter(({ type }) => type !== 4), command]);
    return command;
  }

  /** Throws ApiError 10063. */
  remove(scope: Scope, id: string): void {
    const removed = this.get(scope, id);
    this.#store(
      scope,
      this.in(scope).filter((command) => command !== removed),
    );
  }

  #store(scope: Scope, commands: RegisteredCommand[]): void {
    for (const type of [1, 2, 3, 4] as const) {
      if (commands.filter((command) => command.type === type).length > COMMAND.perScope[type]) throw apiError(30032);
    }
    const known = new Set(this.in(scope).map(({ id }) => id));
    const added = commands.filter(({ id }) => !known.has(id)).length;
    const now = this.#clock.now();
    const today = this.#creates.filter((create) => create.scope === scope && create.at > now - DAY_MS).length;
    if (today + added > COMMAND.createsPerDay) throw apiError(30034);
    for (let i = 0; i < added; i++) this.#creates.push({ scope, at: now });
    this.#scopes.set(scope, commands);
    this.#events.emit({ name: 'commands', guildId: scope });
  }

  /** Adds ids and version to a form. A command keeps its id as long as its name and type stay, or the id is given. */
  #build(scope: Scope, form: CommandForm, id?: string): RegisteredCommand {
    const known = this.in(scope).find((old) =>
      id === undefined ? old.name === form.name && old.type === form.type : old.id === id,
    );
    return {
      ...form,
      id: known?.id ?? this.#clock.nextId(),
      application_id: this.#applicationId,
      ...(scope === null ? {} : { guild_id: scope }),
      version: this.#clock.nextId(),
    };
  }
}

function requireUniqueNames(forms: readonly CommandForm[]): void {
  forms.forEach(({ name, type }, at) => {
    if (forms.findIndex((other) => other.name === name && other.type === type) === at) return;
    throw duplicateName([at, 'name']);
  });
}

/** "Command names are unique per application, per type, within each scope" (Discord docs, Application Commands). */
function duplicateName(path: readonly PropertyKey[]): ApiError {
  const message = 'Application command names must be unique';
  return invalidForm([{ path, code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message }]);
}

/** Entry Point commands are global only. */
function parseFor(scope: Scope, body: unknown, under: readonly PropertyKey[] = []): CommandForm {
  const form = parse(body, under);
  if (form.type === 4 && scope !== null) {
    const message = 'Entry Point commands can only be global';
    throw invalidForm([{ path: [...under, 'type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  return form;
}

/** A command without a type is a slash command. Null is accepted where Discord itself lists null for "not set". */
function parse(body: unknown, under: readonly PropertyKey[] = []): CommandForm {
  if (!isRecord(body)) return parseForm(commandForm, body, under);
  const set = Object.entries(body).filter(([name, value]) => value !== null || !NULLABLE.has(name));
  return parseForm(commandForm, { ...Object.fromEntries(set), type: body.type ?? 1 }, under);
}
