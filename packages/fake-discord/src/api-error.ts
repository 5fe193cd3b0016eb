// Errors of Discord's API: status, JSON error code, and the errors of a form by field.

/** Discord's tree of form errors: field names and list indexes, with `_errors` at the leaves. */
export interface FormErrors {
  [field: string]: FormErrors | readonly FormError[];
}
/** One error of a form: Discord's code, such as `BASE_TYPE_MAX_LENGTH`, and its message in English. */
export interface FormError {
  readonly code: string;
  readonly message: string;
}

/** Thrown where Discord would refuse a request. The REST layer answers with it and records it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** A refused request, as tests and the page read it. */
export interface RefusedRequest {
  /** Milliseconds since 1970 by the fake Discord's clock. */
  readonly at: number;
  readonly method: string;
  /** The route's pattern, such as `/channels/:channel/messages`. */
  readonly route: string;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: FormErrors;
}

/** Status and message of each JSON error code (Discord docs, Opcodes and Status Codes). */
const ERRORS = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20009: [403, 'Bots cannot perform this action'],
  10014: [404, 'Unknown Emoji'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30003: [400, 'Maximum number of pins reached for the channel (250)'],
  30032: [400, 'Maximum number of application commands reached'],
  30034: [400, 'Max number of daily application command creates has been reached (200)'],
  40005: [413, 'Request entity too large'],
  40058: [403, 'Cannot message this thread until after the post author has sent an initial message.'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50019: [400, 'A message can only be pinned to the channel it was sent in'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50041: [400, 'Invalid API version'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50240: [
    400,
    "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.",
  ],
  160002: [403, 'Cannot reply without permission to read message history'],
  160005: [403, 'This thread is locked'],
} as const satisfies Record<number, readonly [number, string]>;

/** The JSON error codes that the fake Discord uses (Discord docs, Opcodes and Status Codes, JSON Error Codes). */
export type ErrorCode = keyof typeof ERRORS;

/**
 * Creates the error with this JSON error code.
 * @param message replaces Discord's message where a clearer one helps
 */
export function apiError(code: ErrorCode, message?: string): ApiError {
  const [status, standardMessage] = ERRORS[code];
  return new ApiError(status, code, message ?? standardMessage);
}

/** A record of a request that was refused with this error. */
export function refusedRequest(
  { status, code, message, errors }: ApiError,
  request: Pick<RefusedRequest, 'at' | 'method' | 'route'>,
): RefusedRequest {
  return { ...request, status, code, message, ...(errors ? { errors } : {}) };
}

/** 50035 Invalid Form Body with each error at its path (Discord docs, API Reference, Error Messages). */
export function invalidForm(
  found: readonly { path: readonly PropertyKey[]; code: string; message: string }[],
): ApiError {
  const tree: FormErrors = {};
  for (const { path, code, message } of found) addError(tree, path.map(String), { code, message });
  return new ApiError(400, 50035, 'Invalid Form Body', tree);
}

function addError(tree: FormErrors, path: readonly string[], error: FormError): void {
  const [field, ...rest] = path;
  if (field === undefined) {
    const existing = tree._errors;
    tree._errors = Array.isArray(existing) ? [...existing, error] : [error];
    return;
  }
  const below = tree[field];
  const branch: FormErrors = isBranch(below) ? below : {};
  tree[field] = branch;
  addError(branch, rest, error);
}

function isBranch(value: FormErrors | readonly FormError[] | undefined): value is FormErrors {
  return value !== undefined && !Array.isArray(value);
}
