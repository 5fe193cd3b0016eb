// Runs the doctor's checks for tests.
import type { FakeDiscord } from 'fake-discord';
import type { CheckName, DoctorFinding } from '../../src/doctor/finding.ts';
import { formatDoctorFinding } from '../../src/doctor/report.ts';
import { type DoctorOptions, runChecks } from '../../src/doctor/run-checks.ts';

export interface DoctorRun {
  readonly findings: readonly DoctorFinding[];
  /** The printed findings of a check, without line breaks inside sentences. */
  output(check: CheckName): string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The database does not exist. A folder without guides is read fast. */
const BARE = { DATABASE_URL: 'file:/tmp/guidepost-doctor-nowhere/guidepost.db', CONTENT_DIR: 'test/doctor' };

/** Runs all checks. @param environment added to one with a missing database and an empty content folder */
export async function runDoctor(environment: Environment, more: Partial<DoctorOptions> = {}): Promise<DoctorRun> {
  const findings: DoctorFinding[] = [];
  const envFile = { path: '/srv/bot/.env', state: 'missing', overridden: [], truncated: [], isPublic: false } as const;
  for await (const finding of runChecks({ environment: { ...BARE, ...environment }, envFile, ...more }))
    findings.push(finding);
  return {
    findings,
    output: (check) =>
      findings
        .filter((finding) => finding.check === check)
        .map((finding) => formatDoctorFinding(finding, 10_000).replace(/ {2,}/g, ' '))
        .join('\n'),
  };
}

/** The environment of a bot that is connected to the fake Discord. */
export const connectedTo = ({ token, apiUrl }: FakeDiscord) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });
