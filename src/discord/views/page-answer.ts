// A page as an answer. Its JSON is made once for a version of the content and a language; a click only fills in the way
// that the member came by.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { getOrInsert } from '../../get-or-insert.ts';
import type { Edition, Page } from '../../guide/model.ts';
import { currentPage, type Path } from '../../guide/walk.ts';
import type { Messages } from '../../i18n/index.ts';
import { type Answer, replyPrivately, updateMessage } from '../answer.ts';
import { MAX_PATH_LENGTH } from '../custom-id.ts';
import type { RenderContext } from '../render-context.ts';
import { renderPage } from './page.ts';

/** Whether the message with the pressed button is replaced, or its presser gets a private one. */
export type Placement = 'update' | 'private';

/** The page at the end of a way. */
export function answerWithPage(path: Path, context: RenderContext, place: Placement): Answer {
  const json = madeAhead(path, context, place);
  return json === undefined ? render(path, context, place) : new PageAnswer(json, () => render(path, context, place));
}

/** An answer whose `response` is the same as its `json`, and made only where somebody looks at it. */
class PageAnswer implements Answer {
  readonly json: string;
  readonly #render: () => Answer;

  constructor(json: string, render: () => Answer) {
    this.json = json;
    this.#render = render;
  }

  get response() {
    return this.#render().response;
  }
}

function render(path: Path, context: RenderContext, place: Placement): Answer {
  const body = renderPage(path, context);
  return place === 'update' ? updateMessage(body) : replyPrivately(body);
}

/**
 * The JSON of a page's answer: pure ASCII, so that a character is a byte. Undefined for what is not the same for every
 * way: a walk that began with a question, a server's own words, a way that no longer fits into a button.
 */
function madeAhead(path: Path, context: RenderContext, place: Placement): string | undefined {
  const { messages, topics, origin } = context;
  const page = currentPage(path);
  // A link's button carries one page more.
  if (origin || path.length >= MAX_PATH_LENGTH) return undefined;
  const topic = topics.find(page.name);
  if (topic?.kind === 'page' && topic.over) return undefined;
  // Ways that were read from the same button are the same object.
  const byWords = getOrInsert(written, path, () => new Map<Messages, Partial<Record<Placement, string>>>());
  const byPlace = getOrInsert(byWords, messages, () => ({}) as Partial<Record<Placement, string>>);
  byPlace[place] ??= write(path, context, place);
  return byPlace[place];
}
const written = new WeakMap<Path, Map<Messages, Partial<Record<Placement, string>>>>();

function write(path: Path, context: RenderContext, place: Placement): string {
  const { edition, messages } = context;
  const page = currentPage(path);
  const before = path.slice(0, -1);
  const hasSteps = before.some(({ steps }) => steps.length > 0);
  const kinds = templatesOf(edition, messages, page);
  const kind = before.length === 0 ? 'first' : hasSteps ? 'withPlan' : 'plain';
  kinds[kind] ??= makeTemplate(page, kind, context);
  const body = kinds[kind].join(before.map(({ code }) => code).join(''));
  return place === 'update'
    ? `{"type":${InteractionResponseType.UpdateMessage},"data":${body}}`
    : `{"type":${InteractionResponseType.ChannelMessageWithSource},"data":{"flags":${MessageFlags.Ephemeral},${body.slice(1)}}`;
}

/** JSON in pieces, between which the codes of the pages before go. */
type Template = readonly string[];
type Kind = 'first' | 'plain' | 'withPlan';
type Templates = Partial<Record<Kind, Template>>;

const made = new WeakMap<Edition, Map<Messages, Map<Page, Templates>>>();

function templatesOf(edition: Edition, messages: Messages, page: Page): Templates {
  const byWords = getOrInsert(made, edition, () => new Map<Messages, Map<Page, Templates>>());
  const byPage = getOrInsert(byWords, messages, () => new Map<Page, Templates>());
  return getOrInsert(byPage, page, () => ({}));
}

/** Renders the page after one whose code is a gap: whatever a button carries of the way, the gap says where. */
function makeTemplate(page: Page, kind: Kind, context: RenderContext): Template {
  const gap = unusedIn(JSON.stringify(renderPage([page], context)));
  const before: Page = { ...page, name: gap, code: gap, steps: kind === 'withPlan' ? [gap] : [], links: [] };
  const body = renderPage(kind === 'first' ? [page] : [before, page], context);
  return JSON.stringify(body).split(gap).map(ascii);
}

/** A character of Unicode's private area that a text does not hold. */
function unusedIn(text: string): string {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

/** Escapes what is not ASCII. The way through a buffer makes V8 keep one byte a character. */
function ascii(json: string): string {
  const escaped = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'latin1').toString('latin1');
}
