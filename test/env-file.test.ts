// The file .env in the formats of common editors and shells.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
});
