// The environment: whether the bot could start with it.
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { EnvFile } from '../env-file.ts';
import { cleanToken, misnamedToken, type Variables } from '../env-value.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';

/**
 * @returns the findings, and the configuration where the environment can be used
 * @throws nothing: what `readConfig` refuses becomes a problem for each variable
 */
export function checkEnvironment(
  environment: Variables,
  file: EnvFile,
): { config: Config | undefined; findings: DoctorFinding[] } {
  const isTokenSet = cleanToken(environment.DISCORD_TOKEN ?? '') !== '';
  const findings = [...unreadable(file, isTokenSet), ...overruled(file), ...cut(file), ...readable(file)];
  try {
    const config = readConfig(environment);
    const token = config.token === undefined ? [withoutToken(file, misnamedToken(environment))] : [];
    const all = [...findings, ...token];
    return { config, findings: all.length > 0 ? all : [pass('environment', `can be used; ${sourceOf(file)}`)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const wrong = error.problems.map((text) => problem('environment', text, adviceFor(text)));
    return { config: undefined, findings: [...findings, ...wrong] };
  }
}

function sourceOf({ path, state }: EnvFile): string {
  return state === 'read' ? `${path} was read` : `there is no file ${path}, which is fine`;
}

function adviceFor(text: string): string {
  const [name = ''] = text.split(' ');
  return `Correct ${name} in .env or in the environment; .env.example explains it.`;
}

function withoutToken({ path }: EnvFile, misnamed: string | undefined): DoctorFinding {
  if (misnamed !== undefined) {
    return problem(
      'environment',
      `DISCORD_TOKEN is not set, but ${misnamed} is: the bot does not read that name`,
      `Rename ${misnamed} to DISCORD_TOKEN in ${path} or where the environment is made.`,
    );
  }
  return hint(
    'environment',
    'DISCORD_TOKEN is not set: "npm start" runs the local preview',
    `To go live, put the bot’s token behind DISCORD_TOKEN= in ${path}; README.md, "Go live", says where it comes from.`,
  );
}

/** With the token from elsewhere the bot starts, and the file may be for other eyes. */
function unreadable({ path, state }: EnvFile, isTokenSet: boolean): DoctorFinding[] {
  if (state !== 'unreadable') return [];
  const report = isTokenSet ? hint : problem;
  const todo = 'Make it a file that the user who runs the bot may read (chmod).';
  return [report('environment', `${path} cannot be read`, todo)];
}

function readable({ path, isPublic }: EnvFile): DoctorFinding[] {
  if (!isPublic) return [];
  const todo = `Keep it to the user who runs the bot: chmod 600 ${path}`;
  return [hint('environment', `every user of this machine can read ${path}`, todo)];
}

function cut({ path, cut: names }: EnvFile): DoctorFinding[] {
  if (names.length === 0) return [];
  return [
    hint(
      'environment',
      `the value of ${names.join(', ')} in ${path} ends at a #, where a comment begins`,
      'If the # belongs to the value, put the whole value in quotes: NAME="value". Otherwise put a blank before the #.',
    ),
  ];
}

function overruled({ path, overruled: names }: EnvFile): DoctorFinding[] {
  if (names.length === 0) return [];
  return [
    hint(
      'environment',
      `${names.join(', ')} in ${path} does not count: the environment sets another value`,
      'Change it where the environment is made (service, container, shell), or remove it there so that .env counts.',
    ),
  ];
}
