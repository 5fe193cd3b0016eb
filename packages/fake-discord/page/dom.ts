// Creates elements and calls the page's API. Text always becomes text nodes, never HTML.
import type { PageApi } from '../src/page-types.ts';

type Value = string | number | boolean | null | undefined;
type AttributeName =
  | `${'aria' | 'data'}-${string}`
  | 'alt'
  | 'autocomplete'
  | 'checked'
  | 'class'
  | 'datetime'
  | 'disabled'
  | 'download'
  | 'for'
  | 'href'
  | 'id'
  | 'inline'
  | 'inline-index'
  | 'lang'
  | 'multiple'
  | 'name'
  | 'novalidate'
  | 'placeholder'
  | 'rel'
  | 'role'
  | 'rows'
  | 'selected'
  | 'slot'
  | 'src'
  | 'start'
  | 'tabindex'
  | 'target'
  | 'title'
  | 'type'
  | 'value';
type Listeners = {
  readonly [Type in keyof HTMLElementEventMap as `on${Type}`]?:
    | ((event: HTMLElementEventMap[Type]) => unknown)
    | undefined;
};
/** Attributes by name, and listeners as `onclick` and so on. */
export type Attributes = { readonly [Name in AttributeName]?: Value } & Listeners;
type Child = Node | string | null | undefined;

/** Creates an element. `on…` attributes are listeners; undefined, null and false ones are omitted. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    // `Listeners` gives each listener the events of its name.
    if (typeof value === 'function') node.addEventListener(key.slice(2), value as EventListener);
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Returns the element with this id. @throws {Error} if there is none, or one of another class */
export function byId(id: string): HTMLElement;
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type;
export function byId(id: string, type: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}`);
  return found;
}

/** Returns the first such element in another one. @throws {Error} if there is none */
export function firstIn<Name extends keyof HTMLElementTagNameMap>(
  parent: ParentNode,
  name: Name,
): HTMLElementTagNameMap[Name] {
  const found = parent.querySelector(name);
  if (!found) throw new Error(`The page has no ${name} where there should be one`);
  return found;
}

/** A link that opens in a new tab. Other schemes than http and https become text. */
export function externalLink(url: string, label: string, attributes: Attributes = {}): HTMLElement {
  if (!/^https?:\/\//i.test(url)) return element('span', {}, label);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, label);
}

/** What to tell a person about an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Request {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Calls the page's API: POST with a body, otherwise GET.
 * @throws {Error} with the message of the API
 */
export async function ask<Path extends keyof PageApi>(
  path: Path,
  { query, body }: Request = {},
): Promise<PageApi[Path]> {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  const response = await fetch(`/page/api/${path}${search}`, options);
  // The server's answers have the types of `PageApi`, too, or are an error.
  const answer = (await response.json()) as PageApi[Path] | { readonly error: string };
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

/** A file that was chosen, as the page's API takes it. */
export interface ChosenFile {
  readonly filename: string;
  readonly contentType: string;
  readonly base64: string;
}

/**
 * Reads the chosen files for the page's API.
 * @throws {Error} for a file that changed since it was chosen: browsers refuse to read it
 */
export function readFiles(input: HTMLInputElement): Promise<ChosenFile[]> {
  return Promise.all(
    [...(input.files ?? [])].map(async (file) => {
      const buffer = await file.arrayBuffer().catch(() => {
        throw new Error(`${file.name} was changed or moved after you chose it. Please choose it again`);
      });
      const bytes = new Uint8Array(buffer);
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return { filename: file.name, contentType: file.type, base64: btoa(binary) };
    }),
  );
}
