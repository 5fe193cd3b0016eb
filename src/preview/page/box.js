// The box to type messages and commands into, with suggestions that the keyboard can walk.
import { ask, byId, element, readFiles } from './dom.js';

const TYPING_PAUSE_MS = 150;

/**
 * @param acting says who types, and where: `{ as, channel }`
 * @param run takes the text, and `{ files, replyTo }`: the files of its attachment options by name, and a message's id
 * @param fail shows what went wrong
 * @returns what others put into the box: `reply(messageId, name)` (null for none) and `mention(name)`
 */
export function setUpBox(acting, run, fail) {
  const [form, text, list, files] = ['box', 'text', 'suggestions', 'files'].map(byId);
  let suggestions = [];
  let active = -1;
  let asked = 0;
  let timer;
  let replyTo = null;

  const show = (next) => {
    suggestions = next;
    active = -1;
    list.hidden = next.length === 0;
    list.scrollTop = 0;
    text.setAttribute('aria-expanded', String(next.length > 0));
    text.removeAttribute('aria-activedescendant');
    list.replaceChildren(
      ...next.map(({ label, hint }, at) =>
        element(
          'div',
          {
            role: 'option',
            id: `suggestion-${at}`,
            'aria-selected': 'false',
            onmousedown: (event) => event.preventDefault(),
            onclick: () => take(at),
          },
          element('b', {}, label),
          ' ',
          element('small', {}, hint),
        ),
      ),
    );
  };
  const move = (step) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + step + suggestions.length) % suggestions.length;
    const item = list.children[active];
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    text.setAttribute('aria-activedescendant', item.id);
  };
  const take = (at) => {
    text.value = suggestions[at].text;
    text.focus();
    look();
  };
  const look = async () => {
    const mine = ++asked;
    if (!/^\/|@\S*$/.test(text.value)) {
      files.replaceChildren();
      return show([]);
    }
    try {
      const answer = await ask('suggest', { ...acting(), text: text.value });
      // Answers may overtake each other; only the last question counts.
      if (mine !== asked) return undefined;
      showFiles(answer.files);
      return show(answer.suggestions);
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

  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, TYPING_PAUSE_MS);
  });
  text.addEventListener('keydown', (event) => {
    if (suggestions.length === 0) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(active === -1 ? 0 : -1);
    else if (event.key === 'Escape') show([]);
    else if (event.key === 'Enter' && active !== -1) take(active);
    else if (event.key === 'Tab' && !event.shiftKey && active !== -1) take(active);
    else return;
    event.preventDefault();
  });
  text.addEventListener('blur', () => show([]));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    asked++;
    show([]);
    if (text.value.trim() === '') return;
    const chosen = [...files.querySelectorAll('input')].filter((input) => input.files.length > 0);
    const entries = await Promise.all(chosen.map(async (input) => [input.name, (await readFiles(input))[0]]));
    if (await run(text.value, { files: Object.fromEntries(entries), ...(replyTo === null ? {} : { replyTo }) })) {
      text.value = '';
      files.replaceChildren();
      reply(null);
    }
  });

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
