// Units of time, days in UTC, and times as Discord shows them.

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The day of a time in ms since 1970, as `YYYY-MM-DD` in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day that is `days` days before another. @param day `YYYY-MM-DD` */
export function daysBefore(day: string, days: number): string {
  return dayOf(Date.parse(day) - days * DAY_MS);
}

/** A time as it is stored: ISO 8601 in UTC, which sorts as text. @param ms since 1970 */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A time as in Discord's timestamps, such as `<t:1700000000:R>` (Discord docs, Reference, "Message Formatting"). */
export function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
