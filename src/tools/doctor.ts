// `npm run doctor`: checks what the bot needs, locally and at Discord, and says what to do. Changes nothing.

import type { DoctorFinding } from '../doctor/finding.ts';
import { exitCodeOf, formatDoctorFinding, formatSummary } from '../doctor/report.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { readEnvFile } from '../env-file.ts';

/** In columns; a narrower terminal wraps the lines itself. */
const WIDTH = 96;

const findings: DoctorFinding[] = [];
const envFile = readEnvFile(process.env);
for await (const finding of runChecks({ environment: process.env, envFile })) {
  findings.push(finding);
  console.log(formatDoctorFinding(finding, WIDTH));
}
console.log(`\n${formatSummary(findings)}`);
process.exitCode = exitCodeOf(findings);
