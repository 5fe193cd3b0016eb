// Checks Node's version against the one that package.json requires.
import manifest from '../../package.json' with { type: 'json' };
import { type DoctorFinding, pass, problem } from './finding.ts';

/** @param version such as `20.19.1` */
export function checkNode(version: string): DoctorFinding {
  const needed = manifest.engines.node.replace('>=', '');
  if (isAtLeast(version, needed)) return pass('Node.js', `${version} (required: ${needed} or newer)`);
  return problem(
    'Node.js',
    `${version} is too old: the bot needs ${needed} or newer`,
    'Install a newer Node.js from https://nodejs.org or with your package manager, then run "npm install" again.',
  );
}

function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (const [at, part] of (want ?? []).entries()) {
    const other = have?.[at] ?? 0;
    if (other !== part) return other > part;
  }
  return true;
}
