// `npm run doctor`: checks what the bot needs, here and at Discord, and says what to do. Changes nothing.

import { examine } from '../doctor/examine.ts';
import type { DoctorFinding } from '../doctor/finding.ts';
import { exitCodeOf, formatDoctorFinding, formatSum } from '../doctor/report.ts';
import { readEnvFile } from '../env-file.ts';

/** Columns; a narrower terminal breaks the lines itself. */
const WIDTH = 96;

const findings: DoctorFinding[] = [];
const envFile = readEnvFile(process.env);
for await (const finding of examine({ environment: process.env, envFile })) {
  findings.push(finding);
  console.log(formatDoctorFinding(finding, WIDTH));
}
console.log(`\n${formatSum(findings)}`);
process.exitCode = exitCodeOf(findings);
