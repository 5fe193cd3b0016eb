// This machine's time against Discord's: requests over HTTP carry a time stamp that must fit.
import { SKEW_S } from '../discord/signature.ts';
import { type DoctorFinding, hint, pass, problem, skipped } from './finding.ts';

/** From here on the clock is not kept by anything: NTP holds it within fractions of a second. */
const WARN_S = 3;

/** @param aheadMs how far this machine is ahead of Discord */
export function checkClock(aheadMs: number | undefined, transport: 'gateway' | 'http'): DoctorFinding {
  if (aheadMs === undefined) return skipped('clock', 'Discord’s answers did not say what time it is');
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds < WARN_S) return pass('clock', 'agrees with Discord’s');
  const text = `${durationOf(seconds)} ${aheadMs > 0 ? 'ahead of' : 'behind'} Discord’s`;
  const todo =
    'Let the machine keep its clock over NTP: "timedatectl set-ntp true" (systemd-timesyncd), or chrony. In a container: on its host.';
  if (transport === 'gateway') return hint('clock', text, todo);
  if (seconds >= SKEW_S) return problem('clock', `${text}: the bot refuses every request of Discord’s`, todo);
  return hint('clock', `${text}; from ${SKEW_S} s on the bot would refuse every request of Discord’s`, todo);
}

/** Such as `12 s`, `5 min`, `3 h`. @param seconds 0 or more */
export function durationOf(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
