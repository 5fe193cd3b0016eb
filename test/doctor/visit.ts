// A visit to the doctor: the checks run against some environment, and what they say of one subject.
import { type Circumstances, examine } from '../../src/doctor/examine.ts';
import type { DoctorFinding, Subject } from '../../src/doctor/finding.ts';
import { formatDoctorFinding } from '../../src/doctor/report.ts';
import type { FakeDiscord } from '../../src/preview/fake-discord.ts';

export interface Visit {
  readonly findings: readonly DoctorFinding[];
  /** What is printed about a subject, without line breaks inside sentences. */
  about(subject: Subject): string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** No database is there, and none is made; a folder without guides is read fast. */
const BARE = { DATABASE_URL: 'file:/tmp/guidepost-doctor-nowhere/guidepost.db', CONTENT_DIR: 'test/doctor' };

/** Runs all checks. @param environment beside a database and a content folder that are empty */
export async function visit(environment: Environment, more: Partial<Circumstances> = {}): Promise<Visit> {
  const findings: DoctorFinding[] = [];
  const envFile = { path: '/srv/bot/.env', state: 'missing', overruled: [], cut: [], isPublic: false } as const;
  for await (const finding of examine({ environment: { ...BARE, ...environment }, envFile, ...more }))
    findings.push(finding);
  return {
    findings,
    about: (subject) =>
      findings
        .filter((finding) => finding.subject === subject)
        .map((finding) => formatDoctorFinding(finding, 10_000).replace(/ {2,}/g, ' '))
        .join('\n'),
  };
}

/** The environment of a bot that is connected to a fake Discord. */
export const connectedTo = ({ token, apiUrl }: FakeDiscord) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });
