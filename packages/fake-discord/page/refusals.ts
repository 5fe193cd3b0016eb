// The list of requests of the bot that Discord would refuse, with status, code and field errors.
import type { FormError, FormErrors, RefusedRequest } from '../src/api-error.ts';
import { byId, element } from './dom.ts';

const LIMIT = 20;

/** The times of the last refused request, and of the last one that the visitor has hidden. */
let last = 0;
let hiddenUntil = 0;

/** Replaces the list, newest first, without those that were hidden. */
export function drawRefusals(refusals: readonly RefusedRequest[]): void {
  last = refusals.at(-1)?.at ?? last;
  const shown = refusals.filter(({ at }) => at > hiddenUntil);
  byId('refusals').replaceChildren(...shown.map(refusalItem).reverse());
  byId('refused').hidden = shown.length === 0;
}

/** Adds one refused request. */
export function addRefusal(refusal: RefusedRequest): void {
  const list = byId('refusals');
  last = refusal.at;
  list.prepend(refusalItem(refusal));
  while (list.children.length > LIMIT) list.lastElementChild?.remove();
  byId('refused').hidden = false;
}

/** Hides the list until the next refused request. */
export function hideRefusals(): void {
  hiddenUntil = last;
  drawRefusals([]);
}

function refusalItem({ method, route, status, code, message, errors }: RefusedRequest): HTMLElement {
  const fields = flatten(errors ?? {}).map(({ path, error }) =>
    element('li', {}, element('code', {}, path || '(body)'), ` ${error.message} (${error.code})`),
  );
  return element(
    'li',
    {},
    element('p', {}, element('b', {}, `${status} · code ${code} · ${message}`), ` ${method} ${route}`),
    fields.length > 0 ? element('ul', {}, fields) : null,
  );
}

function flatten(tree: FormErrors, path: readonly string[] = []): { path: string; error: FormError }[] {
  return Object.entries(tree).flatMap(([key, inner]) =>
    isLeaf(inner) ? inner.map((error) => ({ path: path.join('.'), error })) : flatten(inner, [...path, key]),
  );
}

const isLeaf = (inner: FormErrors | readonly FormError[]): inner is readonly FormError[] => Array.isArray(inner);
