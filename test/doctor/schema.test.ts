// The check of a database's migrations.
import { expect, it } from 'vitest';
import { checkSchema } from '../../src/doctor/schema.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';

const ok = (text: string) => ({ level: 'ok', check: 'database', text });

it('a database without tables is empty', () => {
  expect(checkSchema('the file', undefined)).toEqual(ok('the file is empty: the first start creates its tables'));
});

it('a database with all migrations is up to date', () => {
  expect(checkSchema('the file', MIGRATION_NAMES)).toEqual(ok('the file is healthy; its tables are up to date'));
});

it.each([0, 1, MIGRATION_NAMES.length - 1])('a database with the first %i migrations will be upgraded', (count) => {
  expect(checkSchema('the file', MIGRATION_NAMES.slice(0, count))).toEqual(
    ok('the file is healthy; the next start upgrades its tables'),
  );
});

it('a database of a newer version is a problem that names what is unknown', () => {
  expect(checkSchema('the file', [...MIGRATION_NAMES, '0998-a', '0999-b'])).toMatchObject({
    level: 'problem',
    check: 'database',
    text: 'the file is from a newer version of the bot: this version does not know 0998-a, 0999-b',
    advice: 'Run the newer version again, or restore the backup from before it (docs/operating.md, "Upgrade").',
  });
});
