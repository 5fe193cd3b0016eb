// The list of requests of the bot that Discord would refuse, with status, code and field errors.
import { byId, element } from './dom.js';

const LIMIT = 20;

/** Replaces the list, newest first. */
export function drawRefusals(refusals) {
  byId('refusals').replaceChildren(...refusals.map(refusalItem).reverse());
  byId('refused').hidden = refusals.length === 0;
}

/** Adds one refused request. */
export function addRefusal(refusal) {
  const list = byId('refusals');
  list.prepend(refusalItem(refusal));
  while (list.children.length > LIMIT) list.lastChild.remove();
  byId('refused').hidden = false;
}

function refusalItem({ method, route, status, code, message, errors }) {
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

function flatten(tree, path = []) {
  return Object.entries(tree).flatMap(([key, inner]) =>
    key === '_errors' ? inner.map((error) => ({ path: path.join('.'), error })) : flatten(inner, [...path, key]),
  );
}
