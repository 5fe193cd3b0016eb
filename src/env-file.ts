// Reads the file .env in any common encoding, and reports likely mistakes in it.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';

export interface EnvFile {
  /** `.env` in the current folder. */
  readonly path: string;
  readonly state: 'read' | 'missing' | 'unreadable';
  /** Names of variables for which the environment already had another value, which is used. */
  readonly overridden: readonly string[];
  /** Names of variables whose value ends at a # directly after other text: it starts a comment. */
  readonly truncated: readonly string[];
  /** Whether all users of this machine can read it. */
  readonly isPublic: boolean;
}

/** Reads .env into the environment. Existing values are kept. @param environment is modified */
export function readEnvFile(environment: NodeJS.ProcessEnv): EnvFile {
  const path = resolve('.env');
  const bytes = readBytes(path);
  if (typeof bytes === 'string') return { path, state: bytes, overridden: [], truncated: [], isPublic: false };
  const text = decode(bytes);
  const values = Object.entries(parse(text));
  const overridden = values.filter(([name, value]) => environment[name] !== undefined && environment[name] !== value);
  for (const [name, value] of values) environment[name] ??= value;
  // On Windows all mode bits are set.
  const isPublic = process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0;
  return { path, state: 'read', overridden: overridden.map(([name]) => name), truncated: truncatedIn(text), isPublic };
}

function readBytes(path: string): Uint8Array | 'missing' | 'unreadable' {
  try {
    return readFileSync(path);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable';
  }
}

/** Windows PowerShell writes UTF-16. Without a byte order mark, it is detected by the zero bytes of Latin letters. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const encoding = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  // dotenv would skip a line that begins with one of these.
  return text.replace(/^[\u200b-\u200f\u2060\ufeff]+/gmu, '');
}

const UNQUOTED = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*[^\s"'`#][^#\r\n]*?(?<=\S)#/gm;

function truncatedIn(text: string): string[] {
  return [...text.matchAll(UNQUOTED)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
