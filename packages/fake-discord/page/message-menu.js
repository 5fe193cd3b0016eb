// The context menu of a message: reply, mention, and the bot's message commands. Arrow keys move, Escape closes.
import { byId, element } from './dom.js';

const MARGIN = 8;

/**
 * @param entries `{ label, run }`, in order
 * @param from the element that gets the focus back
 * @param at the position, in pixels
 */
export function openMessageMenu(entries, from, at) {
  const menu = byId('message-menu');
  const close = (returnFocus = true) => {
    menu.hidden = true;
    document.removeEventListener('pointerdown', onPointerDown);
    if (returnFocus) from.focus();
  };
  const onPointerDown = (event) => {
    if (!menu.contains(event.target)) close(false);
  };
  const items = entries.map(({ label, run }) =>
    element(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        onclick: () => {
          close();
          run();
        },
      },
      label,
    ),
  );
  menu.replaceChildren(...items);
  menu.onkeydown = (event) => {
    const at = items.indexOf(document.activeElement);
    const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in targets) items.at(targets[event.key] % items.length).focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  };
  menu.hidden = false;
  // Set by script, because the page's policy forbids style attributes.
  menu.style.left = `${Math.max(MARGIN, Math.min(at.x, innerWidth - menu.offsetWidth - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(at.y, innerHeight - menu.offsetHeight - MARGIN))}px`;
  items[0]?.focus();
  document.addEventListener('pointerdown', onPointerDown);
}
