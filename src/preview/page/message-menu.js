// The menu of a message: reply, mention, and the bot's own commands. Walked with the arrow keys, closed with Escape.
import { byId, element } from './dom.js';

const MARGIN = 8;

/**
 * @param entries `{ label, act }`, in order
 * @param from the element that gets the focus back
 * @param at where on the screen
 */
export function openMessageMenu(entries, from, at) {
  const menu = byId('message-menu');
  const close = (isBack = true) => {
    menu.hidden = true;
    document.removeEventListener('pointerdown', outside);
    if (isBack) from.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target)) close(false);
  };
  const items = entries.map(({ label, act }) =>
    element(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        onclick: () => {
          close();
          act();
        },
      },
      label,
    ),
  );
  menu.replaceChildren(...items);
  menu.onkeydown = (event) => {
    const now = items.indexOf(document.activeElement);
    const steps = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 };
    if (event.key in steps) items.at(steps[event.key] % items.length).focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  };
  menu.hidden = false;
  // Set through the DOM: the page's policy forbids style attributes.
  menu.style.left = `${Math.max(MARGIN, Math.min(at.x, innerWidth - menu.offsetWidth - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(at.y, innerHeight - menu.offsetHeight - MARGIN))}px`;
  items[0]?.focus();
  document.addEventListener('pointerdown', outside);
}
