// How far the tables of a database are: made by this version of the bot, an older, or a newer one.
import { MIGRATION_NAMES } from '../store/migrations.ts';
import { type DoctorFinding, pass, problem } from './finding.ts';

/**
 * @param name the database in a sentence
 * @param applied the migrations that it has gone through; undefined where it has none of the bot's tables yet
 */
export function judgeSchema(name: string, applied: readonly string[] | undefined): DoctorFinding {
  if (applied === undefined) return pass('database', `${name} is empty: its tables will be made at the first start`);
  const unknown = applied.filter((migration) => !MIGRATION_NAMES.includes(migration));
  if (unknown.length > 0) {
    return problem(
      'database',
      `${name} is from a newer version of the bot: this one does not know ${unknown.join(', ')}`,
      'Run the newer version again, or restore the backup from before it (docs/operating.md, "Upgrade").',
    );
  }
  const isBehind = applied.length < MIGRATION_NAMES.length;
  return pass(
    'database',
    `${name} is sound; ${isBehind ? 'the next start brings its tables up to date' : 'its tables are up to date'}`,
  );
}
