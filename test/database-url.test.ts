// What is wrong with a DATABASE_URL, and how a PostgreSQL URL is parsed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseUrlProblem, parsePostgresUrl } from '../src/database-url.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-url-'));
afterAll(() => rmSync(home, { recursive: true }));

const FORMS = 'must be file:path or postgres://…';
const FOLDER = 'must name a file, not a folder';
const SLASHES = 'must be file:path, or file:///path with three slashes';
const OPTIONS = 'must be a file name only: options after ? are not supported';
const TILDE = 'must be a full path: ~ is not supported';
const ENCODE = expect.stringContaining('percent-encoded: @ as %40, / as %2F, # as %23, ? as %3F, % as %25');

describe('a problem of a URL', () => {
  it.each([
    ['', FORMS],
    ['guidepost.db', FORMS],
    ['file:', FORMS],
    ['a file:x', FORMS],
    ['postgres://', FORMS],
    ['postgres:/db', FORMS],
    ['my postgres://db/guide', FORMS],
    ['postgresq://db/guide', FORMS],
    ['file:data/', FOLDER],
    [`file:${home}`, FOLDER],
    [pathToFileURL(home).href, FOLDER],
    ['file:///srv/data/', FOLDER],
    ['file://host/guide.db', SLASHES],
    ['file:///a%2Fb', SLASHES],
    ['file:guide.db?mode=ro', OPTIONS],
    ['file:~/guide.db', TILDE],
    ['postgres://bot:p#w@db/guide', ENCODE],
    ['postgres://bot:p/w@db/guide', ENCODE],
    ['postgres://bot:p?w@db/guide', ENCODE],
    ['postgres://bot:12?w@db/guide', ENCODE],
    ['postgresql://bot:pw@db:port/guide', ENCODE],
    ['postgres://bot:%ff@db/guide', ENCODE],
    ['postgres://%ff:pw@db/guide', ENCODE],
    ['postgres://bot:pw@db/%FF', ENCODE],
    ['postgres://%ff/guide', ENCODE],
  ])('%s is found', (url, problem) => {
    expect(databaseUrlProblem(url)).toEqual(problem);
  });

  it.each([
    'file:guide.db',
    'file:a~b/guide.db',
    'file:///srv/guide.db',
    'postgres://db/guide',
    'postgresql://db/guide',
    'postgres://bot:50%@db/guide',
    'postgres://bot:50%4@db/guide',
    'postgres://bot:a%40b@db/guide',
    'postgres://bot:pw@/guide?host=/run/postgresql',
    'postgres://db/guide?user=bot@server',
    'postgres://db/guide?password=a@b',
    'postgres:///guide?host=a@b',
  ])('is not found in %s', (url) => {
    expect(databaseUrlProblem(url)).toBeUndefined();
  });

  it('is not found in a name with a question mark or ~ of a file that exists', () => {
    const path = join(home, 'guide.db?mode=rwc');
    expect(databaseUrlProblem(`file:${path}`)).toBe(OPTIONS);
    writeFileSync(path, '');
    expect(databaseUrlProblem(`file:${path}`)).toBeUndefined();
  });
});

describe('a PostgreSQL URL', () => {
  it('is parsed as it is', () => {
    const { hostname, username, pathname } = parsePostgresUrl('postgres://bot:pw@db:5432/guide') ?? expect.fail();
    expect([username, hostname, pathname]).toEqual(['bot', 'db', '/guide']);
  });

  it('without a host gets one, so that it can be parsed', () => {
    const url = parsePostgresUrl('postgres://bot:pw@/guide?host=/run/postgresql');
    expect(url?.href).toBe('postgres://bot:pw@socket/guide?host=/run/postgresql');
  });

  it('that cannot be parsed is undefined', () => {
    expect(parsePostgresUrl('postgres://bot:pw@db:port/guide')).toBeUndefined();
  });
});
