// Creates elements and calls the page's API. Text always becomes text nodes, never HTML.

/**
 * Creates an element. `on…` attributes are listeners; undefined, null and false ones are omitted.
 * @param {string} name
 * @param {Record<string, unknown>} attributes
 * @param {...(Node | string | null | undefined | (Node | string)[])} children
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Returns the element with this id. */
export const byId = (id) => document.getElementById(id);

/** A link that opens in a new tab. Other schemes than http and https become text. */
export function externalLink(url, label, attributes = {}) {
  if (!/^https?:\/\//i.test(url)) return element('span', {}, label);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, label);
}

/**
 * Calls the page's API: POST with a body, otherwise GET.
 * @throws {Error} with the message of the API
 */
export async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/page/api/${path}`, options);
  const answer = await response.json();
  if (answer.error) throw new Error(answer.error);
  return answer;
}

/**
 * Reads the chosen files for the page's API.
 * @throws {Error} for a file that changed since it was chosen: browsers refuse to read it
 */
export function readFiles(input) {
  return Promise.all(
    [...input.files].map(async (file) => {
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
