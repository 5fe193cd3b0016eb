// Validates DATABASE_URL, so that the bot ends with an error instead of retrying an invalid URL forever.
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORMS = 'must be file:path or postgres://…';
const FOLDER = 'must name a file, not a folder';
const ENCODE =
  'must be postgres://user:password@host:5432/database, with special characters in the password percent-encoded: @ as %40, / as %2F, # as %23, ? as %3F, % as %25';

/** @returns what is wrong, to follow the variable's name, without its value; undefined if the URL is valid */
export function databaseUrlProblem(url: string): string | undefined {
  if (/^file:./.test(url)) return fileProblem(url);
  if (/^postgres(ql)?:\/\/./.test(url)) return isPostgresUrl(url) ? undefined : ENCODE;
  return FORMS;
}

function fileProblem(url: string): string | undefined {
  if (url.startsWith('file://')) {
    try {
      const path = fileURLToPath(url);
      return path.endsWith('/') || isFolder(path) ? FOLDER : undefined;
    } catch {
      return 'must be file:path, or file:///path with three slashes';
    }
  }
  const path = url.slice('file:'.length);
  if (path.endsWith('/') || isFolder(path)) return FOLDER;
  // Version 1.0 used these characters as part of the file name, so such a database may exist.
  if (existsSync(path)) return undefined;
  if (path.includes('?')) return 'must be a file name only: options after ? are not supported';
  if (path.startsWith('~/')) return 'must be a full path: ~ is not supported';
  return undefined;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/**
 * Parses a PostgreSQL URL. If the host is missing because `?host=` names a Unix socket, it becomes `socket`.
 * @returns undefined if it can't be parsed
 */
export function parsePostgresUrl(url: string): URL | undefined {
  const text = URL.canParse(url) ? url : url.replace('@/', '@socket/');
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Whether the driver will parse it as intended. */
function isPostgresUrl(url: string): boolean {
  const parts = parsePostgresUrl(url);
  if (!parts) return false;
  const { username, password, hostname, pathname, search, hash, searchParams } = parts;
  // An unencoded special character in the password ends a part of the URL early: then the @ is in a later part.
  if (pathname.includes('@') || hash.includes('@')) return false;
  if (search.includes('@') && !['user', 'password', 'host'].some((name) => searchParams.has(name))) return false;
  return [username, password, hostname, pathname].every(isDecodable);
}

/** The driver keeps a lone %, and fails on encoded bytes that are not UTF-8. */
function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
