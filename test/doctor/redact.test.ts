// Making external text safe to print.
import { describe, expect, it } from 'vitest';
import {
  createRedact,
  databasePasswords,
  decodePercent,
  oneLine,
  withoutCredentials,
} from '../../src/doctor/redact.ts';

describe('redacting', () => {
  it('replaces all secrets, the longest first, and ignores empty ones', () => {
    const redact = createRedact(['pa', 'tok.en', 'pass', '', undefined]);
    expect(redact('tok.en, pass and tok.en or tokXen, pa')).toBe('…, … and … or tokXen, …');
    expect(createRedact(['', undefined])('as it is')).toBe('as it is');
  });

  it('puts text on one line', () => {
    expect(createRedact(['secret'])(' a\n\u001b[31msecret ')).toBe('a [31m…');
  });
});

it.each([
  ['a\r\nb\tc', 'a b c'],
  ['a\u2028\u2029b', 'a b'],
  ['a\u202eb\u200b', 'a b'],
  ['  a   b ', 'a b'],
  ['ä-ö 文', 'ä-ö 文'],
])('%j is %j in one line', (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});

describe('the passwords of a database', () => {
  it('are the one of the URL, as it is and decoded, and the one of its options', () => {
    expect(databasePasswords('postgres://bot:p%40ss@db/x?password=other')).toEqual(['p%40ss', 'p@ss', 'other']);
    expect(databasePasswords('postgres://bot:p%40ss@/x?host=/run')).toEqual(['p%40ss', 'p@ss', '']);
  });

  it('are none if it can’t be parsed', () => {
    expect(databasePasswords('nothing')).toEqual([]);
  });
});

it.each([
  ['https://user:pass@example.org/api', 'https://example.org/api'],
  ['https://example.org/', 'https://example.org'],
  ['https://example.org/a/b/', 'https://example.org/a/b'],
  ['not an\naddress', 'not an address'],
])('the address %j is %j without credentials', (address, expected) => {
  expect(withoutCredentials(address)).toBe(expected);
});

it('text that is not percent-encoded correctly stays as it is', () => {
  expect(decodePercent('100%')).toBe('100%');
  expect(decodePercent('%C3%A4')).toBe('ä');
});
