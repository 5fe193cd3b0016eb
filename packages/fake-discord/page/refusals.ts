// The list of requests of the bot that Discord would refuse, with status, code and field errors.
import type { FormError, FormErrors, RefusedRequest } from '../src/api-error.ts';
import { byId, element } from './dom.ts';

const LIMIT = 20;

/** Replaces the list, newest first. */
export function drawRefusals(refusals: readonly RefusedRequest[]): void {
  byId('refusals').replaceChildren(...refusals.map(refusalItem).reverse());
  byId('refused').hidden = refusals.length === 0;
}

/** Adds one refused request. */
export function addRefusal(refusal: RefusedRequest): void {
  const list = byId('refusals');
  list.prepend(refusalItem(refusal));
  while (list.children.length > LIMIT) list.lastElementChild?.remove();
  byId('refused').hidden = false;
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
