// Cleans up pasted values of environment variables: line breaks, spaces, quotes.

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Control and format characters, among them line breaks, zero-width characters and the byte order mark. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const BLANK = '[\\s\\p{Cc}\\p{Cf}]';
const EDGES = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');
/** Pairs of quotes that editors, shells and env files put around a value. */
const QUOTED = /^(?:"(.*)"|'(.*)'|`(.*)`|“(.*)”|„(.*)[“”]|‘(.*)’|«(.*)»)$/su;

/** A value without spaces, line breaks, invisible characters and pairs of quotes around it. */
export function cleanValue(value: string): string {
  const bare = value.replace(EDGES, '');
  const inner = QUOTED.exec(bare)
    ?.slice(1)
    .find((part) => part !== undefined);
  return inner === undefined ? bare : cleanValue(inner);
}

/** A token without `Bot `, which is part of the Authorization header. */
export function cleanToken(value: string): string {
  const bare = cleanValue(value);
  return /^Bot\s/i.test(bare) ? cleanToken(bare.slice('Bot'.length)) : bare;
}

/** Whether a value contains a line break or an invisible character. */
export const hasInvisible = (value: string): boolean => INVISIBLE.test(value);

/** Other common names of the token's variable, in capitals and without separators. */
const TOKEN_NAMES = new Set([
  'DISCORDTOKEN',
  'DISCORDBOTTOKEN',
  'DISCORDAPITOKEN',
  'DISCORDCLIENTTOKEN',
  'BOTTOKEN',
  'CLIENTTOKEN',
  'TOKEN',
]);

/** The name of another variable that probably contains the token, if DISCORD_TOKEN is not set. */
export function misnamedToken(environment: EnvironmentVariables): string | undefined {
  if (cleanToken(environment.DISCORD_TOKEN ?? '') !== '') return undefined;
  return Object.keys(environment).find(
    (name) =>
      name !== 'DISCORD_TOKEN' &&
      TOKEN_NAMES.has(name.toUpperCase().replace(/[_.-]/g, '')) &&
      /^[\w-]+\.[\w-]+\.[\w-]+$/.test(cleanToken(environment[name] ?? '')),
  );
}
