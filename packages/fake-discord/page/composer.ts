// The input for messages and commands: sends, suggests, attaches files, replies.
import { byId, type ChosenFile, firstIn } from './dom.ts';
import { setUpFileInputs } from './file-inputs.ts';
import { setUpHistory } from './input-history.ts';
import { type Actor, createSuggester } from './suggester.ts';

/** What is sent with a text. */
export interface Extras {
  /** By option name. */
  readonly files: Readonly<Record<string, ChosenFile>>;
  /** The id of a message. */
  readonly replyTo?: string;
}

/** The input, for the other parts of the page. */
export interface Composer {
  /** Replies to a message from now on; null ends that. @param name its author */
  reply(messageId: string | null, name?: string): void;
  /** Adds a mention to the text. */
  mention(name: string): void;
  /** Replaces the text with a command, and suggests how to go on. */
  typeCommand(command: string): void;
}

/**
 * Listens to the input.
 * @param actor returns who types and where
 * @param run sends the text. Resolves with undefined if it was refused
 * @param showError shows an error; null hides it
 */
export function setUpComposer(
  actor: () => Actor,
  run: (text: string, extras: Extras) => Promise<unknown>,
  showError: (error: unknown) => void,
): Composer {
  const form = byId('composer');
  const text = byId('text', HTMLInputElement);
  const files = setUpFileInputs(() => showError(null));
  const suggester = createSuggester(text, files, actor, showError);
  const history = setUpHistory(text);
  const reply = setUpReply(text);
  const addPending = setUpBusy(form);
  const send = async (line: string) => {
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
  const mention = (name: string) => {
    text.value = `${text.value}${/(^|\s)$/.test(text.value) ? '' : ' '}@${name} `;
    text.focus();
  };
  const typeCommand = (command: string) => {
    text.value = `${command} `;
    text.focus();
    suggester.update();
  };
  return { reply: reply.to, mention, typeCommand };
}

/** Marks the form as busy while a line is being sent. @returns adds to the number of such lines */
function setUpBusy(form: HTMLElement) {
  let pending = 0;
  return (change: number) => {
    pending += change;
    form.setAttribute('aria-busy', String(pending > 0));
  };
}

/** The line above the input that says which message is replied to. */
function setUpReply(text: HTMLInputElement) {
  const line = byId('replying');
  const label = firstIn(line, 'span');
  let current: string | null = null;
  const to = (messageId: string | null, name = '') => {
    current = messageId;
    line.hidden = messageId === null;
    label.textContent = `Replying to ${name}`;
    if (messageId !== null) text.focus();
  };
  firstIn(line, 'button').addEventListener('click', () => {
    to(null);
    text.focus();
  });
  return { to, messageId: () => current };
}
