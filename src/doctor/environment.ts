// Checks whether the bot can start with the environment variables.
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { EnvFile } from '../env-file.ts';
import { cleanToken, type EnvironmentVariables, misnamedToken } from '../env-value.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';

/** @returns the findings, and the configuration if the environment is valid */
export function checkEnvironment(
  environment: EnvironmentVariables,
  file: EnvFile,
): { config: Config | undefined; findings: DoctorFinding[] } {
  const isTokenSet = cleanToken(environment.DISCORD_TOKEN ?? '') !== '';
  const findings = [
    ...unreadableFile(file, isTokenSet),
    ...overriddenValues(file),
    ...truncatedValues(file),
    ...publicFile(file),
  ];
  try {
    const config = readConfig(environment);
    const token = config.token === undefined ? [missingToken(environment, file)] : [];
    const all = [...findings, ...token];
    return { config, findings: all.length > 0 ? all : [pass('environment', `valid; ${sourceOf(file)}`)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const wrong = error.problems.map((text) => problem('environment', text, adviceFor(text)));
    return { config: undefined, findings: [...findings, ...wrong] };
  }
}

function sourceOf({ path, state }: EnvFile): string {
  return state === 'read' ? `${path} was read` : `there is no ${path}, which is fine`;
}

function adviceFor(text: string): string {
  const [name = ''] = text.split(' ');
  return `Fix ${name} in .env or in the environment; .env.example explains it.`;
}

function missingToken(environment: EnvironmentVariables, { path }: EnvFile): DoctorFinding {
  const misnamed = misnamedToken(environment);
  if (misnamed !== undefined) {
    return problem(
      'environment',
      `DISCORD_TOKEN is not set, but ${misnamed} is: the bot does not read that name`,
      `Rename ${misnamed} to DISCORD_TOKEN in ${path} or where the environment is set.`,
    );
  }
  const advice = `To go live, put the bot’s token after DISCORD_TOKEN= in ${path}. README.md, "Go live", says where to get it.`;
  // The preview is for development.
  if (environment.NODE_ENV === 'production')
    return problem('environment', 'DISCORD_TOKEN is not set: the bot does not start without it', advice);
  return hint('environment', 'DISCORD_TOKEN is not set: "npm start" runs the local preview', advice);
}

/** A hint only if the token is set elsewhere: then the bot starts without the file. */
function unreadableFile({ path, state }: EnvFile, isTokenSet: boolean): DoctorFinding[] {
  if (state !== 'unreadable') return [];
  const report = isTokenSet ? hint : problem;
  const advice = 'Make it a file that the bot’s user can read (chmod).';
  return [report('environment', `${path} cannot be read`, advice)];
}

function publicFile({ path, isPublic }: EnvFile): DoctorFinding[] {
  if (!isPublic) return [];
  const advice = `Allow only the bot’s user to read it: chmod 600 "${path}"`;
  return [hint('environment', `all users of this machine can read ${path}`, advice)];
}

function truncatedValues({ path, truncated: names }: EnvFile): DoctorFinding[] {
  if (names.length === 0) return [];
  return [
    hint(
      'environment',
      `the value of ${names.join(', ')} in ${path} ends at a #, which starts a comment`,
      'If the # belongs to the value, put the value in quotes: NAME="value". Otherwise put a space before the #.',
    ),
  ];
}

function overriddenValues({ path, overridden: names }: EnvFile): DoctorFinding[] {
  if (names.length === 0) return [];
  return [
    hint(
      'environment',
      `${names.join(', ')} in ${path} has no effect: the environment sets another value`,
      'Change it where the environment is set (service, container, shell), or remove it there so that .env is used.',
    ),
  ];
}
