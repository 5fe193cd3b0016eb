// The log: JSON, or lines to read on a terminal. Errors are stripped of what must not be logged.
import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * Opens a log.
 * @param level as LOG_LEVEL
 * @param destination standard output unless given
 */
export function openLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

/** Opens the log of a program: lines to read on a terminal, JSON elsewhere. @param output standard output by default */
export async function openProgramLog(level: string, output: ProgramOutput = process.stdout): Promise<Logger> {
  if (!output.isTTY) return openLog(level, pino.destination({ fd: output.fd, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  const options = { sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss' };
  return openLog(level, pretty({ ...options, destination: output.fd }));
}

/** Where a program writes its log: a file descriptor, and whether that is a terminal. */
interface ProgramOutput {
  readonly fd: number;
  readonly isTTY: boolean;
}

/** What is logged of an error. */
interface LoggedError {
  readonly name: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly method?: string;
  /** Without ids and tokens: `/webhooks/:id/:token/messages/@original`. */
  readonly route?: string;
  /** The paths and codes of Discord's form errors, without values: `embeds.0.title BASE_TYPE_MAX_LENGTH`. */
  readonly fields?: readonly string[];
  readonly message?: string;
  /** The stack frames, without the message that V8 puts above them. */
  readonly stack?: string;
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

const MAX_DEPTH = 4;
const MAX_FIELDS = 20;

/**
 * An error as it may be logged: never a request's body, a URL with a token, or text of people. Messages of Discord and
 * of the database drivers may quote such text, so of those errors only codes and paths are kept.
 */
export function describeError(error: unknown): LoggedError {
  return describe(error, MAX_DEPTH);
}

function describe(error: unknown, depth: number): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack, cause } = error;
  const at = (key: string): unknown => Reflect.get(error, key);
  const [code, status, method, url] = [at('code'), at('status'), at('method'), at('url')];
  const isRequest = typeof method === 'string' && typeof url === 'string';
  const message = isRequest || mayQuote(error) ? undefined : withoutTokens(error.message);
  const frames = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  const inner = error instanceof AggregateError ? error.errors : [];
  return {
    name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(isRequest ? { method, route: routeOf(url) } : {}),
    ...fieldsOf(at('rawError')),
    ...(message ? { message } : {}),
    ...(frames ? { stack: frames } : {}),
    ...(depth > 0 && cause instanceof Error ? { cause: describe(cause, depth - 1) } : {}),
    ...(depth > 0 && inner.length > 0 ? { errors: inner.map((one) => describe(one, depth - 1)) } : {}),
  };
}

/** Whether an error's message may quote text of people: parsers do, and PostgreSQL (its errors have a `severity`). */
function mayQuote(error: Error): boolean {
  return error instanceof SyntaxError || error.name === 'ZodError' || 'severity' in error;
}

/** The path of a URL, with names in place of ids and tokens. */
export function routeOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/s, '');
  return path
    .replace(/^(?:\/[^/]+)*?\/v\d+(?=\/)/, '')
    .replace(/(\/(?:webhooks|interactions)\/)([^/]+)\/([^/]+)/, '$1:id/:token')
    .replace(/\/\d{5,20}(?=\/|$)/g, '/:id');
}

function fieldsOf(raw: unknown): { fields?: string[] } {
  if (typeof raw !== 'object' || raw === null || !('errors' in raw)) return {};
  const fields = [...formErrors(raw.errors, '')].slice(0, MAX_FIELDS);
  return fields.length > 0 ? { fields } : {};
}

/**
 * The paths and codes of Discord's form errors (Discord docs, API Reference, "Error Messages").
 * @param tree `errors` of a refusal
 */
export function* formErrors(tree: unknown, path: string): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    if (key !== '_errors') yield* formErrors(value, path === '' ? key : `${path}.${key}`);
    else if (Array.isArray(value)) for (const one of value) yield `${path} ${String(one?.code ?? '')}`.trim();
  }
}

/** Hides the tokens of webhooks and interactions in URLs inside a text. */
function withoutTokens(text: string): string {
  return text.replace(/((?:webhooks|interactions)\/\d+\/)[\w.~-]+/g, '$1:token').slice(0, 500);
}
