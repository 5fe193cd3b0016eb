// `npm run doctor`: checks what the bot needs, locally and at Discord, and says what to do. Changes nothing.

import type { DoctorFinding } from '../doctor/finding.ts';
import { exitCodeOf, formatDoctorFinding, formatSummary } from '../doctor/report.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { readEnvFile } from '../env-file.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run doctor
      Checks what the bot needs, locally and at Discord, and says what to do. It changes nothing. The exit code is 2 if
      a variable is wrong, and 1 for other problems. .env.example lists the variables.`;

/** In columns; a narrower terminal wraps the lines itself. */
const WIDTH = 96;

showUsageOnHelp(USAGE);
const findings: DoctorFinding[] = [];
const envFile = readEnvFile(process.env);
for await (const finding of runChecks({ environment: process.env, envFile })) {
  findings.push(finding);
  console.log(formatDoctorFinding(finding, WIDTH));
}
console.log(`\n${formatSummary(findings)}`);
process.exitCode = exitCodeOf(findings);
