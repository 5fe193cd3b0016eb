// Pasted values of environment variables, and tokens under another name.
import { describe, expect, it } from 'vitest';
import { cleanToken, cleanValue, hasInvisible, misnamedToken } from '../src/env-value.ts';

describe('a value', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    [' \t a b \r\n', 'a b'],
    ['\u200b\ufeffa\u2060', 'a'],
    ['"a"', 'a'],
    ["'a'", 'a'],
    ['`a`', 'a'],
    ['“a”', 'a'],
    ['„a“', 'a'],
    ['„a”', 'a'],
    ['‘a’', 'a'],
    ['«a»', 'a'],
    ['" \'a\' "', 'a'],
    ['"a\nb"', 'a\nb'],
    ['""', ''],
    ['"a', '"a'],
    ['a"', 'a"'],
    ['"a\'', '"a\''],
    ['"', '"'],
    ['x"a"', 'x"a"'],
    ['"a" b', '"a" b'],
  ])('%j is cleaned to %j', (typed, value) => {
    expect(cleanValue(typed)).toBe(value);
  });

  it.each(['a\nb', 'a\u200bb', 'a\0b', 'a\u2028b', 'a\u2029b', 'a\u007fb'])('%j has something invisible', (value) => {
    expect(hasInvisible(value)).toBe(true);
  });

  it.each(['', 'a b', 'ä€🙂', 'a\u00a0b'])('%j has nothing invisible', (value) => {
    expect(hasInvisible(value)).toBe(false);
  });
});

describe('a token', () => {
  it.each([
    ['MTA.a.b', 'MTA.a.b'],
    ['Bot MTA.a.b', 'MTA.a.b'],
    ['bot\tMTA.a.b ', 'MTA.a.b'],
    ['"Bot “MTA.a.b”"', 'MTA.a.b'],
    ['Bot Bot MTA.a.b', 'MTA.a.b'],
    ['BotMTA.a.b', 'BotMTA.a.b'],
    ['my Bot MTA.a.b', 'my Bot MTA.a.b'],
  ])('%j is cleaned to %j', (typed, token) => {
    expect(cleanToken(typed)).toBe(token);
  });
});

describe('a token under another name', () => {
  const token = 'MTA.a-b.c_d';

  it.each([
    'TOKEN',
    'BOT_TOKEN',
    'CLIENT-TOKEN',
    'discord.token',
    'DISCORDTOKEN',
    'Discord_Bot_Token',
    'DISCORD_API_TOKEN',
    'DISCORD_CLIENT_TOKEN',
  ])('%s is found', (name) => {
    expect(misnamedToken({ PATH: '/bin', [name]: token })).toBe(name);
    expect(misnamedToken({ [name]: ` "Bot ${token}"` })).toBe(name);
    expect(misnamedToken({ DISCORD_TOKEN: '', [name]: token })).toBe(name);
  });

  it('is ignored if DISCORD_TOKEN is set', () => {
    expect(misnamedToken({ DISCORD_TOKEN: 'x', BOT_TOKEN: token })).toBeUndefined();
  });

  it.each([
    ['GITHUB_TOKEN', token],
    ['MY_BOT_TOKEN', token],
    ['BOT_TOKEN', 'MTA.a'],
    ['BOT_TOKEN', 'MTA.a.b.c'],
    ['BOT_TOKEN', 'a MTA.a.b'],
    ['BOT_TOKEN', undefined],
    ['DISCORD_TOKEN', ' '],
  ])('is not %s=%s', (name, value) => {
    expect(misnamedToken({ [name]: value })).toBeUndefined();
  });
});
