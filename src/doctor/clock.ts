// Compares this machine's time with Discord's: HTTP requests from Discord are signed with a timestamp.
import { SKEW_S } from '../discord/signature.ts';
import { type DoctorFinding, hint, pass, problem, skipped } from './finding.ts';

/** A larger difference means that the clock is not synchronized: NTP keeps it within fractions of a second. */
const WARNING_S = 3;

/** @param aheadMs how far this machine is ahead of Discord */
export function checkClock(aheadMs: number | undefined, transport: 'gateway' | 'http'): DoctorFinding {
  if (aheadMs === undefined) return skipped('clock', 'Discord’s responses had no Date header');
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds < WARNING_S) return pass('clock', 'matches Discord’s');
  const text = `${formatDuration(seconds)} ${aheadMs > 0 ? 'ahead of' : 'behind'} Discord’s`;
  const advice =
    'Synchronize the clock with NTP: "timedatectl set-ntp true" (systemd-timesyncd), or chrony. For a container, do it on the host.';
  if (transport === 'gateway') return hint('clock', text, advice);
  if (seconds >= SKEW_S) return problem('clock', `${text}: the bot refuses all requests from Discord`, advice);
  return hint('clock', `${text}; at ${SKEW_S} s the bot would refuse all requests from Discord`, advice);
}

/** Such as `12 s`, `5 min`, `3 h`. @param seconds 0 or more */
export function formatDuration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
