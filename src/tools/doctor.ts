// `npm run doctor`: checks what the bot needs, here and at Discord, and says what to do. Changes nothing.

import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { exitCodeOf, formatFinding, formatSum } from '../doctor/report.ts';
import { readEnvFile } from '../env-file.ts';

/** Columns; a narrower terminal breaks the lines itself. */
const WIDTH = 96;

const findings: Finding[] = [];
const envFile = readEnvFile(process.env);
for await (const finding of examine({ environment: process.env, envFile })) {
  findings.push(finding);
  console.log(formatFinding(finding, WIDTH));
}
console.log(`\n${formatSum(findings)}`);
process.exitCode = exitCodeOf(findings);
