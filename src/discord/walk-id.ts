// The custom_id of a walk's button: what to do, and the way a member came, as three characters a page.
import type { Edition, Page } from '../guide/model.ts';
import { type Way, wayOf } from '../guide/walk.ts';
import { COMPONENTS } from './limits.ts';

/** What a button of a walk does with the way it carries. */
export const ACTIONS = {
  open: 'p',
  back: 'b',
  startOver: 's',
  plan: 'm',
  sendPlan: 'd',
  helped: 'y',
  notHelped: 'n',
  openGuide: 'o',
} as const;
export type Action = keyof typeof ACTIONS;

/** The version of this form. A later form gets another number, so that old buttons are still told apart. */
const PREFIX = 'w1:';
const CODE = 3;
const ROOM = Math.floor((COMPONENTS.customId - PREFIX.length - 2) / CODE);

/** Pages that one custom_id can carry. */
export const LONGEST_WAY = ROOM;

/**
 * Writes a way into a custom_id of at most 100 characters. A way longer than `LONGEST_WAY` keeps its first page and
 * its last ones, so that Back goes on to work and ends where the walk began.
 */
export function writeWalkId(action: Action, way: Way): string {
  const kept = way.length <= ROOM ? way : [way[0], ...way.slice(way.length - ROOM + 1)];
  return `${PREFIX}${ACTIONS[action]}:${kept.map(({ code }) => code).join('')}`;
}

export interface WalkId {
  readonly action: Action;
  /** The pages that still exist, in order; undefined where none does. */
  readonly way: Way | undefined;
  /** Whether the page to be shown, the last of the way, is gone. */
  readonly moved: boolean;
}

/** Whether a custom_id is one of a walk's, of whatever version. */
export function isWalkId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** Reads a custom_id. Undefined for what no version of the bot has written. */
export function readWalkId(customId: string, edition: Edition): WalkId | undefined {
  if (!isWalkId(customId)) return undefined;
  const [letter, codes, ...rest] = customId.slice(PREFIX.length).split(':');
  const action = (Object.keys(ACTIONS) as Action[]).find((name) => ACTIONS[name] === letter);
  if (!action || !codes || rest.length > 0 || codes.length % CODE !== 0) return undefined;
  const pages: (Page | undefined)[] = [];
  for (let at = 0; at < codes.length; at += CODE) pages.push(edition.codes.get(codes.slice(at, at + CODE)));
  return { action, way: wayOf(pages.filter((page) => page !== undefined)), moved: pages.at(-1) === undefined };
}
