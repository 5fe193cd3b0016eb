// What opens and closes around the messages: the channels on a narrow screen, the pinned messages; and the connection.
import { byId } from './dom.js';

/** Shows or hides the channels, where there is no room for them beside the messages. */
export function showSide(isOpen) {
  byId('side').classList.toggle('open', isOpen);
  byId('open-places').setAttribute('aria-expanded', String(isOpen));
}

export function showPins(isOpen) {
  byId('pinned').hidden = !isOpen;
  byId('open-pins').setAttribute('aria-expanded', String(isOpen));
}

/** Says whether the bot is there. */
export function showConnection(
  isConnected,
  text = isConnected ? 'The bot is connected.' : 'The bot is not connected.',
) {
  byId('connection').textContent = text;
  byId('connection').classList.toggle('off', !isConnected);
}

/** Listens to the buttons and to Escape. Whoever closes a panel is at its button again. */
export function setUpPanels() {
  byId('open-places').addEventListener('click', () => showSide(!byId('side').classList.contains('open')));
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
  byId(panel === 'pinned' ? 'open-pins' : 'open-places').focus();
}
