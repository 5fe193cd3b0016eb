// Discord's Markdown as DOM nodes: headings, quotes, lists, code, emphasis, links, mentions, times.
import { element, externalLink } from './dom.js';

/**
 * @param {string} source
 * @param {{ names: Record<string, string>, channels: Record<string, string> }} known for mentions
 * @returns {Node[]}
 */
export function blocks(source, known) {
  const made = [];
  // Odd pieces are code blocks.
  source.split(/```(?:[a-z0-9+-]*\n)?([\s\S]*?)```/i).forEach((piece, at) => {
    if (at % 2 === 1) made.push(element('pre', {}, element('code', {}, piece.replace(/\n$/, ''))));
    else made.push(...lines(piece.split('\n'), known));
  });
  return made;
}

const HEADINGS = { '#': 'h3', '##': 'h4', '###': 'h5' };
const ITEM = /^(\s*)(?:[-*]|(\d+)\.)\s+(.*)$/;

function lines(all, known) {
  const made = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.some((line) => line.trim() !== '')) made.push(element('p', {}, withBreaks(paragraph, known)));
    paragraph = [];
  };
  for (let at = 0; at < all.length; at++) {
    const line = all[at];
    const heading = /^(#{1,3})\s+(.+)$/.exec(line);
    const small = /^-#\s+(.+)$/.exec(line);
    if (line.trim() === '' || heading || small) {
      flush();
      if (heading) made.push(element(HEADINGS[heading[1]], {}, inline(heading[2], known)));
      if (small) made.push(element('p', {}, element('small', {}, inline(small[1], known))));
    } else if (line.startsWith('>>> ')) {
      flush();
      made.push(element('blockquote', {}, lines([line.slice(4), ...all.slice(at + 1)], known)));
      break;
    } else if (/^> ?/.test(line)) {
      flush();
      const end = endOf(all, at, (each) => /^>( |$)/.test(each));
      made.push(
        element(
          'blockquote',
          {},
          lines(
            all.slice(at, end).map((each) => each.replace(/^> ?/, '')),
            known,
          ),
        ),
      );
      at = end - 1;
    } else if (ITEM.test(line)) {
      flush();
      const end = endOf(all, at, (each) => ITEM.test(each));
      made.push(
        list(
          all.slice(at, end).map((each) => ITEM.exec(each)),
          known,
        ),
      );
      at = end - 1;
    } else paragraph.push(line);
  }
  flush();
  return made;
}

function endOf(all, start, belongs) {
  let end = start;
  while (end < all.length && belongs(all[end])) end++;
  return end;
}

/** Items indented deeper than the first become a list inside the item before them. */
function list(items, known) {
  const [, indent, number] = items[0];
  const made = element(number ? 'ol' : 'ul', number ? { start: number } : {});
  for (let at = 0; at < items.length; at++) {
    const item = element('li', {}, inline(items[at][3], known));
    const end = endOf(items, at + 1, (each) => each[1].length > indent.length);
    if (end > at + 1) item.append(list(items.slice(at + 1, end), known));
    made.append(item);
    at = end - 1;
  }
  return made;
}

const withBreaks = (all, known) =>
  all.flatMap((line, at) => (at === 0 ? inline(line, known) : [element('br'), ...inline(line, known)]));

/** Each kind of emphasis: what it looks like, and what becomes of its parts. The first that matches earliest wins. */
const INLINE = [
  [/\\([^\w\s])/, ([, sign]) => [sign]],
  [/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, ([, , code]) => [element('code', {}, code.trim())]],
  [
    /\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?(?:\s+"[^"]*")?\)/,
    ([, label, url], known) => [linked(url, inline(label, known))],
  ],
  [
    /<(https?:\/\/[^\s>]+)>|(https?:\/\/[^\s<>)]*[^\s<>).,;:!?'"])/,
    ([, bracketed, bare]) => [linked(bracketed ?? bare, [bracketed ?? bare])],
  ],
  [/<@!?(\d+)>/, ([, id], { names }) => [element('b', {}, `@${names[id] ?? 'unknown'}`)]],
  [/<#(\d+)>/, ([, id], { channels }) => [element('b', {}, `#${channels[id] ?? 'unknown'}`)]],
  [/<@&(\d+)>/, () => [element('b', {}, '@role')]],
  [/<t:(-?\d+)(?::[a-zA-Z])?>/, ([, seconds]) => [time(Number(seconds))]],
  [/<\/([^:>]+):\d+>/, ([, name]) => [element('b', {}, `/${name}`)]],
  [/\*\*\*([\s\S]+?)\*\*\*/, ([, text], known) => [element('b', {}, element('i', {}, inline(text, known)))]],
  [/\*\*([\s\S]+?)\*\*(?!\*)/, ([, text], known) => [element('b', {}, inline(text, known))]],
  [/__([\s\S]+?)__(?!_)/, ([, text], known) => [element('u', {}, inline(text, known))]],
  [/~~([\s\S]+?)~~/, ([, text], known) => [element('s', {}, inline(text, known))]],
  [
    /\|\|([\s\S]+?)\|\|/,
    ([, text], known) => [element('details', {}, element('summary', {}, 'Spoiler'), inline(text, known))],
  ],
  [/\*(?!\s)([^*]+?)\*/, ([, text], known) => [element('i', {}, inline(text, known))]],
  [/(?<!\w)_([^_]+?)_(?!\w)/, ([, text], known) => [element('i', {}, inline(text, known))]],
];

/** The text of one line as nodes. */
export function inline(text, known) {
  let first = null;
  for (const [pattern, make] of INLINE) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, make };
  }
  if (first === null) return text === '' ? [] : [text];
  const { match, make } = first;
  const rest = text.slice(match.index + match[0].length);
  return [text.slice(0, match.index), ...make(match, known), ...inline(rest, known)].filter((node) => node !== '');
}

function linked(url, label) {
  const link = externalLink(url, '');
  link.replaceChildren(...label);
  return link;
}

function time(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : element('time', { datetime: date.toISOString() }, date.toLocaleString());
}
