// Values of environment variables as people paste them: with line breaks, blanks, quotes.

export type Variables = Readonly<Record<string, string | undefined>>;

/** Control and format characters, among them line breaks, zero-width characters and the byte order mark. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const BLANK = '[\\s\\p{Cc}\\p{Cf}]';
const EDGES = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');
/** Pairs that editors, shells and env files put around a value. */
const QUOTED = /^(?:"(.*)"|'(.*)'|`(.*)`|“(.*)”|„(.*)[“”]|‘(.*)’|«(.*)»)$/su;

/** A value without what surrounds it: blanks, line breaks and invisible characters, and pairs of quotes. */
export function cleanValue(value: string): string {
  const bare = value.replace(EDGES, '');
  const inner = QUOTED.exec(bare)
    ?.slice(1)
    .find((part) => part !== undefined);
  return inner === undefined ? bare : cleanValue(inner);
}

/** A token without the scheme of the Authorization header that it was copied from. */
export function cleanToken(value: string): string {
  const bare = cleanValue(value);
  return /^Bot\s/i.test(bare) ? cleanToken(bare.slice('Bot'.length)) : bare;
}

/** Whether a value holds a line break or a character that nobody sees. */
export const hasInvisible = (value: string): boolean => INVISIBLE.test(value);

/** Names that people give the token, in capitals without what is between the words. */
const TOKEN_NAMES = new Set([
  'DISCORDTOKEN',
  'DISCORDBOTTOKEN',
  'DISCORDAPITOKEN',
  'DISCORDCLIENTTOKEN',
  'BOTTOKEN',
  'CLIENTTOKEN',
  'TOKEN',
]);

/** The name of a variable that probably holds the token, where DISCORD_TOKEN does not. */
export function misnamedToken(environment: Variables): string | undefined {
  if (cleanToken(environment.DISCORD_TOKEN ?? '') !== '') return undefined;
  return Object.keys(environment).find(
    (name) =>
      name !== 'DISCORD_TOKEN' &&
      TOKEN_NAMES.has(name.toUpperCase().replace(/[_.-]/g, '')) &&
      /^[\w-]+\.[\w-]+\.[\w-]+$/.test(cleanToken(environment[name] ?? '')),
  );
}
