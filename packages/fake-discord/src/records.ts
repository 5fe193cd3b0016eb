// Records of requests, refused requests and command writes, for tests and the page.
import type { RefusedRequest } from './api-error.ts';
import type { CommandWrite } from './command-registry.ts';

/** A request and its outcome. */
export interface RequestRecord {
  readonly method: string;
  /** Without `/api/v10`. */
  readonly path: string;
  readonly status: number;
  /** Whether it counts towards the ban for invalid requests: 401, 403, and 429 unless the limit is shared. */
  readonly isInvalid: boolean;
  /** Milliseconds since 1970 by the fake Discord's clock. */
  readonly at: number;
}

/** What happened so far, oldest first. */
export interface Records {
  readonly requests: RequestRecord[];
  /** Times of invalid requests, by the fake Discord's clock. */
  readonly invalidAt: number[];
  readonly refusals: RefusedRequest[];
  readonly commandWrites: CommandWrite[];
}

/** Entries that each list keeps. */
const LIMIT = 1000;
const COMMANDS = /^\/applications\/\d+(?:\/guilds\/(\d+))?\/commands/;

/** Empty records. */
export function createRecords(): Records {
  return { requests: [], invalidAt: [], refusals: [], commandWrites: [] };
}

/** Records a request, and whether it wrote commands. Of requests and writes the last 1,000 are kept. */
export function recordRequest(records: Records, request: RequestRecord): void {
  append(records.requests, request);
  if (request.isInvalid) records.invalidAt.push(request.at);
  const command = COMMANDS.exec(request.path);
  if (!command || request.method === 'GET' || request.status >= 300) return;
  const [, guildId] = command;
  append(records.commandWrites, { method: request.method, ...(guildId === undefined ? {} : { guildId }) });
}

/** Records a refused request. The last 1,000 are kept. */
export function recordRefusal(records: Records, refusal: RefusedRequest): void {
  append(records.refusals, refusal);
}

function append<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > LIMIT) list.shift();
}
