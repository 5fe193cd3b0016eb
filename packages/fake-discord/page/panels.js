// The panels around the messages: channels (on a narrow screen), pinned messages, connection status.
import { byId } from './dom.js';

/** Shows or hides the channels on a narrow screen. */
export function showSide(isOpen) {
  byId('side').classList.toggle('open', isOpen);
  byId('open-channels').setAttribute('aria-expanded', String(isOpen));
}

export function showPins(isOpen) {
  byId('pinned').hidden = !isOpen;
  byId('open-pins').setAttribute('aria-expanded', String(isOpen));
}

/** Shows whether the bot is connected. */
export function showConnection(
  isConnected,
  text = isConnected ? 'The bot is connected.' : 'The bot is not connected.',
) {
  byId('connection').textContent = text;
  byId('connection').classList.toggle('off', !isConnected);
}

/** Listens to the buttons and to Escape. Closing a panel moves the focus to its button. */
export function setUpPanels() {
  byId('open-channels').addEventListener('click', () => showSide(!byId('side').classList.contains('open')));
  byId('open-pins').addEventListener('click', () => showPins(byId('pinned').hidden));
  byId('close-pins').addEventListener('click', () => close('pinned'));
  for (const panel of ['pinned', 'side'])
    byId(panel).addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') close(panel);
    });
}

function close(panel) {
  if (panel === 'pinned') showPins(false);
  else showSide(false);
  byId(panel === 'pinned' ? 'open-pins' : 'open-channels').focus();
}
