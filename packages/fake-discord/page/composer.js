// The input for messages and commands: sends, suggests, attaches files, replies.
import { byId } from './dom.js';
import { setUpFileInputs } from './file-inputs.js';
import { setUpHistory } from './input-history.js';
import { createSuggester } from './suggester.js';

/**
 * @param actor returns who types and where: `{ as, channel }`
 * @param run sends the text with `{ files, replyTo }`: files by option name, and the id of a message
 * @param showError shows an error; null hides it
 * @returns `reply(messageId, name)` to reply to a message (null: to none), and `mention(name)`
 */
export function setUpComposer(actor, run, showError) {
  const [form, text] = ['composer', 'text'].map(byId);
  const files = setUpFileInputs(() => showError(null));
  const suggester = createSuggester(text, files, actor, showError);
  const history = setUpHistory(text);
  const reply = setUpReply(text);
  let pending = 0;
  const addPending = (change) => {
    pending += change;
    form.setAttribute('aria-busy', String(pending > 0));
  };
  const send = async (line) => {
    try {
      const messageId = reply.messageId();
      const isAccepted = Boolean(
        await run(line, { files: await files.read(), ...(messageId === null ? {} : { replyTo: messageId }) }),
      );
      if (isAccepted) reply.to(null);
      return isAccepted;
    } catch (error) {
      showError(error);
      return false;
    }
  };

  text.addEventListener('input', () => {
    showError(null);
    suggester.schedule();
  });
  text.addEventListener('keydown', (event) => {
    if (suggester.onKey(event)) event.preventDefault();
    else if (history.onKey(event)) {
      event.preventDefault();
      suggester.update({ showList: false });
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    suggester.cancel();
    const line = text.value;
    if (line.trim() === '') return;
    // As in Discord, the input is cleared immediately. A refused line comes back, unless a new one was started.
    text.value = '';
    addPending(1);
    const isAccepted = await send(line);
    addPending(-1);
    history.add(line);
    if (text.value !== '') return;
    if (isAccepted) files.show([]);
    else text.value = line;
  });
  const mention = (name) => {
    text.value = `${text.value}${/(^|\s)$/.test(text.value) ? '' : ' '}@${name} `;
    text.focus();
  };
  return { reply: reply.to, mention };
}

/** The line above the input that says which message is replied to. */
function setUpReply(text) {
  const line = byId('replying');
  let current = null;
  const to = (messageId, name = '') => {
    current = messageId;
    line.hidden = messageId === null;
    line.firstElementChild.textContent = `Replying to ${name}`;
    if (messageId !== null) text.focus();
  };
  line.querySelector('button').addEventListener('click', () => {
    to(null);
    text.focus();
  });
  return { to, messageId: () => current };
}
