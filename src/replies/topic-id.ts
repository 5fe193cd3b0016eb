// Topic ids: the name of a page, or a random id for a server's own reply.
import { createHash } from 'node:crypto';
import { type Clock, randomId } from '../clock.ts';

const OWN = /^r:[a-z0-9]{8}$/;
const OWN_ID = /^[a-z0-9]{8}$/;
const SLUG = '[a-z0-9]+(?:-[a-z0-9]+)*';
const ID = new RegExp(`^${SLUG}$`);
const PAGE = new RegExp(`^${SLUG}#${SLUG}$`);
/** The guide's name and the page's id have at most 40 characters each. */
const MAX_ID_LENGTH = 40;
const MAX_PAGE_LENGTH = 2 * MAX_ID_LENGTH + 1;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Whether a topic is a server's own reply, such as `r:k3v9x0ab`. */
export function isOwnTopic(topic: string): boolean {
  return OWN.test(topic);
}

/** Whether a topic has the form of a page's name, `guide#page`. The page may not exist. */
export function isPageTopic(topic: string): boolean {
  return topic.length <= MAX_PAGE_LENGTH && PAGE.test(topic);
}

/** A random topic for a new reply: one of 36^8, so that it can't be guessed. */
export function newTopic(clock: Pick<Clock, 'random'>): string {
  return `r:${randomId(clock, 8)}`;
}

/** The id of a topic in a file: without the `r:`, because only the name of a page contains a `#`. */
export function fileIdOf(topic: string): string {
  return isOwnTopic(topic) ? topic.slice(2) : topic;
}

/**
 * The topic of an id in a file. A handwritten id of a new reply (`refunds`) is hashed, so that importing the same file
 * twice adds the reply once.
 * @returns undefined if it is neither a page's name nor up to 40 lowercase letters, digits and hyphens
 */
export function topicFromFileId(id: string): string | undefined {
  if (isPageTopic(id)) return id;
  if (!ID.test(id) || id.length > MAX_ID_LENGTH) return undefined;
  if (OWN_ID.test(id)) return `r:${id}`;
  const digest = createHash('sha256').update(id).digest();
  return `r:${[...digest.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}
