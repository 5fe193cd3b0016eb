// The box to type messages and commands into, with suggestions that the keyboard can walk.
import { ask, byId, element, readFiles } from './dom.js';
import { setUpSent } from './sent.js';
import { setUpSuggestions } from './suggestions.js';

const TYPING_PAUSE_MS = 150;

/**
 * @param acting says who types, and where: `{ as, channel }`
 * @param run takes the text, and `{ files, replyTo }`: the files of its attachment options by name, and a message's id
 * @param fail shows what went wrong; null takes that away again
 * @returns what others put into the box: `reply(messageId, name)` (null for none) and `mention(name)`
 */
export function setUpBox(acting, run, fail) {
  const [form, text, files] = ['box', 'text', 'files'].map(byId);
  let asked = 0;
  let timer;
  let replyTo = null;
  let pending = 0;

  const take = async (suggestion) => {
    text.value = suggestion.text;
    text.focus();
    const next = await look();
    // As in Discord, a command begins with the option that it cannot do without.
    if (suggestion.label.startsWith('/') && next?.[0]?.isRequired && text.value === suggestion.text) take(next[0]);
  };
  const list = setUpSuggestions(text, take);
  const sent = setUpSent(text);

  /** Asks what could stand next, and shows it; what is brought back from before needs no list. */
  const look = async ({ hasList = true } = {}) => {
    const mine = ++asked;
    if (!/^\/|@\S*$/.test(text.value)) {
      files.replaceChildren();
      list.show([]);
      return undefined;
    }
    try {
      const answer = await ask('suggest', { ...acting(), text: text.value });
      // Answers may overtake each other; only the last question counts.
      if (mine !== asked) return undefined;
      showFiles(answer.files);
      if (hasList) list.show(answer.suggestions);
      return answer.suggestions;
    } catch (error) {
      if (mine === asked) fail(error);
      return undefined;
    }
  };
  const showFiles = (names) => {
    if (names.join() === [...files.querySelectorAll('input')].map(({ name }) => name).join()) return;
    files.replaceChildren(
      ...names.map((name) => element('label', {}, `${name}: `, element('input', { type: 'file', name }))),
    );
  };
  const chosenFiles = async () => {
    const chosen = [...files.querySelectorAll('input')].filter((input) => input.files.length > 0);
    const entries = chosen.map(async (input) => [input.name, (await readFiles(input))[0]]);
    return Object.fromEntries(await Promise.all(entries));
  };

  text.addEventListener('input', () => {
    fail(null);
    clearTimeout(timer);
    timer = setTimeout(look, TYPING_PAUSE_MS);
  });
  files.addEventListener('input', () => fail(null));
  text.addEventListener('keydown', (event) => {
    if (list.onKey(event)) event.preventDefault();
    else if (sent.onKey(event)) {
      event.preventDefault();
      look({ hasList: false });
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    asked++;
    list.show([]);
    const line = text.value;
    if (line.trim() === '') return;
    // As in Discord, the box is free for what comes next; what was refused comes back, unless that has begun.
    text.value = '';
    busy(1);
    const isTaken = await send(line);
    busy(-1);
    sent.keep(line);
    if (text.value !== '') return;
    if (isTaken) files.replaceChildren();
    else text.value = line;
  });
  const send = async (line) => {
    try {
      const more = { files: await chosenFiles(), ...(replyTo === null ? {} : { replyTo }) };
      const isTaken = Boolean(await run(line, more));
      if (isTaken) reply(null);
      return isTaken;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  const busy = (change) => {
    pending += change;
    form.setAttribute('aria-busy', String(pending > 0));
  };

  const replying = byId('replying');
  const reply = (messageId, name = '') => {
    replyTo = messageId;
    replying.hidden = messageId === null;
    replying.firstElementChild.textContent = `Replying to ${name}`;
    if (messageId !== null) text.focus();
  };
  replying.querySelector('button').addEventListener('click', () => {
    reply(null);
    text.focus();
  });
  const mention = (name) => {
    text.value = `${text.value}${/(^|\s)$/.test(text.value) ? '' : ' '}@${name} `;
    text.focus();
  };
  return { reply, mention };
}
