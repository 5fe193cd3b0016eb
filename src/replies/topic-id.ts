// What a reply is about: a page of the guides, or something of this server's own.
import { createHash } from 'node:crypto';
import { type Clock, randomLetters } from '../clock.ts';

const OWN = /^r:[a-z0-9]{8}$/;
const OWN_ID = /^[a-z0-9]{8}$/;
const SLUG = '[a-z0-9]+(?:-[a-z0-9]+)*';
const ID = new RegExp(`^${SLUG}$`);
const PAGE = new RegExp(`^${SLUG}#${SLUG}$`);
/** Guide and id of a page have at most 40 characters each. */
const MAX_ID = 40;
const MAX_PAGE = 2 * MAX_ID + 1;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Whether a topic is a reply that a server's moderators wrote themselves, such as `r:k3v9x0ab`. */
export function isOwnTopic(topic: string): boolean {
  return OWN.test(topic);
}

/** Whether a topic has the form of a page's name, such as `close-account#money`. Whether the page exists is not asked. */
export function isPageTopic(topic: string): boolean {
  return topic.length <= MAX_PAGE && PAGE.test(topic);
}

/** A topic for a new reply: 36^8 possibilities, so that nobody meets one by guessing. */
export function newTopic(clock: Pick<Clock, 'random'>): string {
  return `r:${randomLetters(clock, 8)}`;
}

/** The id of a topic in a file: without the `r:`, since a page's name has a `#` and an own reply's id has none. */
export function idOf(topic: string): string {
  return isOwnTopic(topic) ? topic.slice(2) : topic;
}

/**
 * The topic that an id in a file stands for. An id that somebody made up for a new reply (`refunds`) becomes a topic
 * made from it, so that the same file imported twice adds the reply once.
 * @returns undefined where it is neither a page's name nor small letters, digits and hyphens, 40 at most
 */
export function topicOf(id: string): string | undefined {
  if (isPageTopic(id)) return id;
  if (!ID.test(id) || id.length > MAX_ID) return undefined;
  if (OWN_ID.test(id)) return `r:${id}`;
  const digest = createHash('sha256').update(id).digest();
  return `r:${[...digest.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}
