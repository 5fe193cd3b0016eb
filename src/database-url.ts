// Whether a DATABASE_URL can be read at all, so that a wrong one ends the start instead of being tried for ever.
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORMS = 'must be file:path or postgres://…';
const FOLDER = 'must name a file, not a folder';
const ENCODE =
  'must be postgres://user:password@host:5432/database, with special characters of the password as codes: @ as %40, / as %2F, # as %23, ? as %3F, % as %25';

/**
 * What is wrong with a DATABASE_URL.
 * @returns words that follow the variable's name and never hold the value; undefined where nothing is wrong
 */
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
  // 1.0 took these characters as part of the name, so a database may have been made under it.
  if (existsSync(path)) return undefined;
  if (path.includes('?')) return 'must name a file alone: options after ? are not supported';
  if (path.startsWith('~/')) return 'must name the folder in full: ~ is not replaced here';
  return undefined;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/**
 * The parts of a PostgreSQL address. The host may be missing where `?host=` names a unix socket; it then is `socket`.
 * @returns undefined where it cannot be read
 */
export function postgresUrl(url: string): URL | undefined {
  const text = URL.canParse(url) ? url : url.replace('@/', '@socket/');
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Whether the driver reads it as the person meant it. */
function isPostgresUrl(url: string): boolean {
  const parts = postgresUrl(url);
  if (!parts) return false;
  const { username, password, hostname, pathname, search, hash, searchParams } = parts;
  // A special character in the password ends a part of the address early: the @ then is in a later part.
  if (pathname.includes('@') || hash.includes('@')) return false;
  if (search.includes('@') && !['user', 'password', 'host'].some((name) => searchParams.has(name))) return false;
  return [username, password, hostname, pathname].every(isDecodable);
}

/** The driver leaves a lone % as it is, and fails at codes that are not UTF-8. */
function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
