// Makes external text (driver errors, Discord's messages, server names) safe to print: one line, no secrets.
import { parsePostgresUrl } from '../database-url.ts';

export type Redact = (text: string) => string;

/**
 * @param secrets must never be printed; undefined and empty ones are ignored
 * @returns a function that puts text on one line, without control characters, and replaces secrets by `…`
 */
export function createRedact(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets.flatMap((secret) => (secret ? [secret] : [])).sort((a, b) => b.length - a.length);
  return (text) => known.reduce((all, secret) => all.replaceAll(secret, '…'), oneLine(text));
}

/** Removes line breaks and control characters: a server's name must not control the terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The password in a database URL, encoded and decoded. */
export function databasePasswords(databaseUrl: string): string[] {
  const parts = parsePostgresUrl(databaseUrl);
  if (!parts) return [];
  const { password, searchParams } = parts;
  return [password, decodePercent(password), searchParams.get('password') ?? ''];
}

/** A URL without user and password. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return oneLine(address);
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

/** Decodes percent-encoded text. Returns invalid text unchanged. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
