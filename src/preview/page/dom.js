// Building the page's elements and asking the fake Discord. Text only ever becomes text nodes.

/**
 * An element with attributes and children. `on…` attributes are listeners, undefined and false ones are left out.
 * @param {string} name
 * @param {Record<string, unknown>} attributes
 * @param {...(Node | string | null | undefined | (Node | string)[])} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** The page's element with this id. */
export const byId = (id) => document.getElementById(id);

/** A link that opens in a tab of its own. Other schemes than http and https stay text. */
export function externalLink(url, label, attributes = {}) {
  if (!/^https?:\/\//i.test(url)) return element('span', {}, label);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, label);
}

/**
 * Asks the fake Discord; without a body by GET.
 * @throws {Error} with the fake Discord's own sentence
 */
export async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/preview/${path}`, options);
  const answer = await response.json();
  if (answer.error) throw new Error(answer.error);
  return answer;
}

/**
 * Chosen files in the form in which the fake Discord takes them.
 * @throws {Error} for a file that was changed since: browsers do not read it then
 */
export function readFiles(input) {
  return Promise.all(
    [...input.files].map(async (file) => {
      const buffer = await file.arrayBuffer().catch(() => {
        throw new Error(`${file.name} was changed or moved since you chose it: choose it again`);
      });
      const bytes = new Uint8Array(buffer);
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return { filename: file.name, contentType: file.type, base64: btoa(binary) };
    }),
  );
}
