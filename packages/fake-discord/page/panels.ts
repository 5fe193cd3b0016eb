// The panels around the messages: channels (on a narrow screen), pinned messages, connection status.
import { byId } from './dom.ts';

/** Shows or hides the channels on a narrow screen. */
export function showSide(isOpen: boolean): void {
  byId('side').classList.toggle('open', isOpen);
  byId('open-channels').setAttribute('aria-expanded', String(isOpen));
}

/** Shows or hides the pinned messages. */
export function showPins(isOpen: boolean): void {
  byId('pinned').hidden = !isOpen;
  byId('open-pins').setAttribute('aria-expanded', String(isOpen));
}

/** Shows whether the bot is connected. */
export function showConnection(
  isConnected: boolean,
  text = isConnected ? 'The bot is connected.' : 'The bot is not connected.',
): void {
  byId('connection').textContent = text;
  byId('connection').classList.toggle('off', !isConnected);
}

/** Listens to the buttons and to Escape. Closing a panel moves the focus to its button. */
export function setUpPanels(): void {
  byId('open-channels').addEventListener('click', () => showSide(!byId('side').classList.contains('open')));
  byId('open-pins').addEventListener('click', () => showPins(byId('pinned').hidden !== false));
  byId('close-pins').addEventListener('click', () => close('pinned'));
  for (const panel of ['pinned', 'side'] as const)
    byId(panel).addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') close(panel);
    });
}

function close(panel: 'pinned' | 'side'): void {
  if (panel === 'pinned') showPins(false);
  else showSide(false);
  byId(panel === 'pinned' ? 'open-pins' : 'open-channels').focus();
}
