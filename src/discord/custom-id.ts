// The custom_id of a walk's button: the action and the member's path, three characters for each page.
import type { Edition, Page } from '../guide/model.ts';
import { type Path, pathFrom } from '../guide/walk.ts';
import { COMPONENT_LIMITS } from './limits.ts';

/**
 * What a button of a walk does with the path that it carries. The path ends with the page that the button is on, except
 * for `open` (it ends with the page to open) and for buttons of messages that show no page.
 */
export const ACTIONS = {
  open: 'p',
  /** To the last page of the path, in the language that the button carries, not in that of the person who presses it. */
  openIn: 'l',
  /** To the page before the last of the path. */
  back: 'r',
  /** To the last page of the path: from the plan, or after feedback. Version 1.0 used it for `back` too. */
  toPage: 'b',
  startOver: 's',
  plan: 'm',
  sendPlan: 'd',
  helped: 'y',
  notHelped: 'n',
  openGuide: 'o',
  offers: 'q',
  reply: 't',
  none: 'z',
  sources: 'u',
} as const;
export type WalkAction = keyof typeof ACTIONS;

// `Object.keys` returns strings; these are the keys of `ACTIONS`.
const BY_LETTER: ReadonlyMap<string, WalkAction> = new Map(
  (Object.keys(ACTIONS) as WalkAction[]).map((action) => [ACTIONS[action], action]),
);

/** The question that a walk began with: the topics that were found for it, best first. */
export interface Origin {
  /** Whether the first one was opened directly, as the likely meaning. */
  readonly isGuess: boolean;
  /** Pages by name, server replies as `r:…`. */
  readonly topics: readonly string[];
}

/**
 * The version of this format, and before it that of 1.0, which carries no language. Another format must get another
 * number, so that old buttons still work.
 */
const PREFIX = 'w2:';
const PREFIX_1 = 'w1:';
const CODE = 3;
/** What a custom_id has besides its pages: the version, the language, and the action. */
const headOf = (action: WalkAction, { locale }: Pick<Edition, 'locale'>) => `${PREFIX}${locale}:${ACTIONS[action]}:`;
/** Server replies differ from pages by the length of their ids. */
const REPLY = 'r:';
const REPLY_ID = 8;
/** The character on both sides of an origin says whether it was a guess. */
const MARKS = { choice: '~', guess: '^' } as const;

/** Pages that one custom_id can carry in every language of Discord, without an origin. */
export const MAX_PATH_LENGTH = Math.floor((COMPONENT_LIMITS.customId - 'w2:es-419:p:'.length) / CODE);

/**
 * Writes a path into a custom_id of at most 100 characters. A path that is too long keeps its first page and its last
 * ones, so that Back still works and ends at the start of the walk.
 * @param walk the language of the walk, and the question that it began with; its topics take room from the path
 */
export function writeWalkId(
  action: WalkAction,
  path: readonly Page[],
  { edition, origin }: { readonly edition: Edition; readonly origin?: Origin | undefined },
): string {
  const head = `${headOf(action, edition)}${origin ? writeOrigin(origin, edition) : ''}`;
  const room = Math.floor((COMPONENT_LIMITS.customId - head.length) / CODE);
  const kept = path.length <= room ? path : [...path.slice(0, 1), ...path.slice(path.length - room + 1)];
  return `${head}${kept.map(({ code }) => code).join('')}`;
}

/** Writes the button that shows a server reply, one of a question's topics. */
export function writeReplyId(topic: string, edition: Edition, origin: Origin): string {
  return `${headOf('reply', edition)}${writeOrigin(origin, edition)}${topic.slice(REPLY.length)}`;
}

export interface WalkId {
  readonly action: WalkAction;
  /** The path to the page to show, without pages that no longer exist; undefined if none is left. */
  readonly path: Path | undefined;
  /**
   * The page that the button is on. Null if its message shows no page (a list of topics, /help, a reply); undefined if
   * the id does not say (Back of version 1.0), or if that page no longer exists.
   */
  readonly from: Page | null | undefined;
  /** Whether the page to show, the last of the path, no longer exists. */
  readonly isMoved: boolean;
  readonly origin?: Origin;
  /** The server reply to show. */
  readonly reply?: string;
}

/** Whether a custom_id belongs to a walk, in any version of the bot. */
export function isWalkId(customId: string): boolean {
  return customId.startsWith(PREFIX) || customId.startsWith(PREFIX_1);
}

/** The language of the walk that a button belongs to; undefined for one of 1.0, which carries none. */
export function localeOfWalk(customId: string): string | undefined {
  return customId.startsWith(PREFIX) ? customId.split(':')[1] : undefined;
}

/** Whether a button opens a walk in the language that it carries, not in that of the person who presses it. */
export function isInOwnLanguage(customId: string): boolean {
  return customId.startsWith(PREFIX) && customId.split(':')[2] === ACTIONS.openIn;
}

/** Reads a custom_id. Returns undefined if no version of the bot wrote it. */
export function readWalkId(customId: string, edition: Edition): WalkId | undefined {
  if (!isWalkId(customId)) return undefined;
  const parts = customId.slice(PREFIX.length).split(':');
  const [letter, body, ...rest] = customId.startsWith(PREFIX) ? parts.slice(1) : parts;
  const action = BY_LETTER.get(letter ?? '');
  if (!action || !body || rest.length > 0) return undefined;
  const { origin, codes } = readOrigin(body, edition);
  const about = { action, ...(origin ? { origin } : {}) };
  if (action === 'reply')
    return codes.length === REPLY_ID
      ? { ...about, path: undefined, from: null, isMoved: false, reply: `${REPLY}${codes}` }
      : undefined;
  if (codes.length % CODE !== 0 || (codes === '' && !origin)) return undefined;
  const pages: (Page | undefined)[] = [];
  for (let at = 0; at < codes.length; at += CODE) pages.push(edition.codes.get(codes.slice(at, at + CODE)));
  const shown = action === 'back' ? pages.slice(0, -1) : pages;
  const path = pathFrom(shown.filter((page) => page !== undefined));
  return { ...about, path, from: pageOfButton(action, pages), isMoved: shown.length > 0 && shown.at(-1) === undefined };
}

/** @param pages those of the id; undefined for one that no longer exists */
function pageOfButton(action: WalkAction, pages: readonly (Page | undefined)[]): WalkId['from'] {
  if (action === 'toPage') return undefined;
  if (action === 'openIn') return null;
  const at = pages.length - (action === 'open' ? 2 : 1);
  return at < 0 ? null : pages[at];
}

/** Writes an origin into a part of a custom_id. */
export function writeOrigin({ isGuess, topics }: Origin, edition: Edition): string {
  const codes = topics.flatMap((topic) =>
    topic.startsWith(REPLY) ? [topic.slice(REPLY.length)] : (edition.pages.get(topic)?.code ?? []),
  );
  const mark = isGuess ? MARKS.guess : MARKS.choice;
  return `${mark}${codes.join('.')}${mark}`;
}

/** Reads the origin at the beginning of a part of a custom_id. @returns it, and what follows it */
export function readOrigin(body: string, edition: Edition): { origin?: Origin; codes: string } {
  const mark = body[0];
  const end = body.indexOf(mark ?? '', 1);
  if ((mark !== MARKS.choice && mark !== MARKS.guess) || end < 0) return { codes: body };
  const topics = body
    .slice(1, end)
    .split('.')
    .flatMap((code) => (code.length === REPLY_ID ? [`${REPLY}${code}`] : (edition.codes.get(code)?.name ?? [])));
  const origin = { isGuess: mark === MARKS.guess, topics };
  return { codes: body.slice(end + 1), ...(topics.length > 0 ? { origin } : {}) };
}
