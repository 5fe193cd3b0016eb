// The file .env: read once, whatever encoding its editor chose, and what may surprise about it.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';

export interface EnvFile {
  /** The folder in which the bot is started. */
  readonly path: string;
  readonly state: 'read' | 'missing' | 'unreadable';
  /** Names of variables that the environment had already, with another value: that one counts. */
  readonly overruled: readonly string[];
  /** Names of variables whose value ends at a # that stands right behind other text, where a comment begins. */
  readonly cut: readonly string[];
  /** Whether every user of this machine can read it. */
  readonly isPublic: boolean;
}

/** Reads .env into an environment, where what is set already stays. @param environment changed in place */
export function readEnvFile(environment: NodeJS.ProcessEnv): EnvFile {
  const path = resolve('.env');
  const bytes = bytesOf(path);
  if (typeof bytes === 'string') return { path, state: bytes, overruled: [], cut: [], isPublic: false };
  const text = decode(bytes);
  const values = Object.entries(parse(text));
  const overruled = values.filter(([name, value]) => environment[name] !== undefined && environment[name] !== value);
  for (const [name, value] of values) environment[name] ??= value;
  // Windows has no such bits, and sets them all.
  const isPublic = process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0;
  return { path, state: 'read', overruled: overruled.map(([name]) => name), cut: cutIn(text), isPublic };
}

function bytesOf(path: string): Uint8Array | 'missing' | 'unreadable' {
  try {
    return readFileSync(path);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable';
  }
}

/** Windows PowerShell writes UTF-16 with a byte order mark; without one, the zero bytes of Latin letters tell. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const encoding = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  // In front of a name these would make dotenv skip the line.
  return text.replace(/^[\u200b-\u200f\u2060\ufeff]+/gmu, '');
}

const UNQUOTED = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*[^\s"'`#][^#\r\n]*?(?<=\S)#/gm;

function cutIn(text: string): string[] {
  return [...text.matchAll(UNQUOTED)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
