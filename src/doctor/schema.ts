// Checks that this version knows the schema of a database.
import { MIGRATION_NAMES } from '../store/migrations.ts';
import { type DoctorFinding, pass, problem } from './finding.ts';

/**
 * @param name the database, as the finding's text names it
 * @param applied its migrations; undefined if it has none of the bot's tables yet
 */
export function checkSchema(name: string, applied: readonly string[] | undefined): DoctorFinding {
  if (applied === undefined) return pass('database', `${name} is empty: the first start creates its tables`);
  const unknown = applied.filter((migration) => !MIGRATION_NAMES.includes(migration));
  if (unknown.length > 0) {
    return problem(
      'database',
      `${name} is from a newer version of the bot: this version does not know ${unknown.join(', ')}`,
      'Run the newer version again, or restore the backup from before it (docs/operating.md, "Upgrade").',
    );
  }
  const isBehind = applied.length < MIGRATION_NAMES.length;
  return pass(
    'database',
    `${name} is healthy; ${isBehind ? 'the next start upgrades its tables' : 'its tables are up to date'}`,
  );
}
