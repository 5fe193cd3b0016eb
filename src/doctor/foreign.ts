// Text that others wrote (a driver, Discord, a server's name) made fit to be printed: on one line, and without secrets.
import { postgresUrl } from '../database-url.ts';

export type Redact = (text: string) => string;

/**
 * @param secrets what must never be printed; undefined and empty ones are none
 * @returns a function that puts text on one line, without control characters, and with `…` for every secret
 */
export function createRedact(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets.flatMap((secret) => (secret ? [secret] : [])).sort((a, b) => b.length - a.length);
  return (text) => known.reduce((all, secret) => all.replaceAll(secret, '…'), oneLine(text));
}

/** Without control characters: the name of a server must not move the cursor of a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The password in a database address, as it is written there and as it is meant. */
export function passwordsIn(databaseUrl: string): string[] {
  const parts = postgresUrl(databaseUrl);
  if (!parts) return [];
  const { password, searchParams } = parts;
  return [password, decoded(password), searchParams.get('password') ?? ''];
}

/** An address as it may be printed: without a user and password. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return oneLine(address);
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

/** Percent-encoded text as it is meant; as it stands where it is no such text. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
