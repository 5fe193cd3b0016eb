// The file .env in the formats of common editors and shells.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvFile } from '../src/env-file.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-env-'));
const back = process.cwd();
beforeAll(() => process.chdir(home));
afterAll(() => {
  process.chdir(back);
  rmSync(home, { recursive: true });
});

function read(data: string | Uint8Array) {
  writeFileSync('.env', data);
  const environment: NodeJS.ProcessEnv = {};
  return { ...readEnvFile(environment), environment };
}
const LINES = 'DISCORD_TOKEN=MTA.abc.def\r\nLOG_LEVEL=warn\r\n';
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the file .env', () => {
  it.each<[string, string | Uint8Array]>([
    ['with a byte order mark', `\ufeff${LINES}`],
    ['in UTF-16, as Windows PowerShell writes it', Buffer.from(`\ufeff${LINES}`, 'utf16le')],
    ['in UTF-16 without a byte order mark', Buffer.from(LINES, 'utf16le')],
    ['in big-endian UTF-16', swapped(`\ufeff${LINES}`)],
    ['in big-endian UTF-16 without a byte order mark', swapped(LINES)],
    ['with zero-width spaces before its names', `\u200b${LINES.replace('LOG', '\u200bLOG')}`],
    ['with export, spaces and quotes', `export DISCORD_TOKEN = "MTA.abc.def" # mine\n  LOG_LEVEL='warn'`],
    ['with the line ends of an old Mac', LINES.replaceAll('\r\n', '\r')],
    ['of two files joined, each with a byte order mark', '\ufeffDISCORD_TOKEN=MTA.abc.def\n\ufeffLOG_LEVEL=warn\n'],
  ])('%s is read', (_, data) => {
    expect(read(data)).toMatchObject({
      state: 'read',
      environment: { DISCORD_TOKEN: 'MTA.abc.def', LOG_LEVEL: 'warn' },
    });
  });

  it('may be empty or missing', () => {
    expect(read('')).toMatchObject({ state: 'read', environment: {} });
    rmSync('.env');
    expect(readEnvFile({})).toMatchObject({ state: 'missing' });
  });

  it('reports values that end at a # without a space before it', () => {
    const { truncated, environment } = read(
      'DATABASE_URL=postgres://u:p#w@h/d\nPORT=80 # any\nHOST="a#b"\nSHARDS=\n#X=y#z\n',
    );
    expect(environment.DATABASE_URL).toBe('postgres://u:p');
    expect(truncated).toEqual(['DATABASE_URL']);
  });

  it.each([
    ['A=x#y', ['A']],
    ['export A=x#y', ['A']],
    ['  A.b-c = x#y', ['A.b-c']],
    ['A=x #y', []],
    ['A=#y', []],
    ['A="x#y"', []],
    ["A='x#y'", []],
    ['A=`x#y`', []],
    ['# A=x#y', []],
    ['A=x\nB#C=1', []],
    ['A=x y#z\nB=1#2\n', ['A', 'B']],
  ])('of %j reports the truncated values %j', (text, names) => {
    expect(read(text).truncated).toEqual(names);
  });

  it('keeps the environment’s own values, and reports those that differ', () => {
    writeFileSync('.env', 'A=file\nB=same\nC=file\nD=file\n');
    const environment: NodeJS.ProcessEnv = { A: 'own', B: 'same', D: '' };
    expect(readEnvFile(environment).overridden).toEqual(['A', 'D']);
    expect(environment).toEqual({ A: 'own', B: 'same', C: 'file', D: '' });
  });

  it('says where it is, and nothing else if it is missing', () => {
    rmSync('.env', { force: true });
    const environment: NodeJS.ProcessEnv = {};
    expect(readEnvFile(environment)).toEqual({
      path: join(realpathSync(home), '.env'),
      state: 'missing',
      overridden: [],
      truncated: [],
      isPublic: false,
    });
    expect(environment).toEqual({});
  });

  it('that is a folder is unreadable, not missing', () => {
    rmSync('.env', { force: true });
    mkdirSync('.env');
    expect(readEnvFile({})).toMatchObject({ state: 'unreadable', isPublic: false });
    rmSync('.env', { recursive: true });
  });

  it.skipIf(process.platform === 'win32')('is public if every user can read it', () => {
    const isPublic = (mode: number) => {
      writeFileSync('.env', '');
      chmodSync('.env', mode);
      return readEnvFile({}).isPublic;
    };
    expect([0o600, 0o640, 0o642, 0o644, 0o604].map(isPublic)).toEqual([false, false, false, true, true]);
    rmSync('.env');
  });

  it('is not taken for UTF-16 because of a zero byte elsewhere, or two of them', () => {
    expect(read('A=b\0\n').environment.A).toMatch(/^b/);
    expect(read(Buffer.from([0, 0, ...Buffer.from('\nA=b\n')])).environment).toEqual({ A: 'b' });
  });

  it('loses zero-width characters only where a name begins', () => {
    expect(read('\u2060\u200fA=x\u200by\n').environment).toEqual({ A: 'x\u200by' });
  });
});
