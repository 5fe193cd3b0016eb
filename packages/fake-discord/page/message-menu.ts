// The context menu of a message: reply, mention, and the bot's message commands. Arrow keys move, Escape closes.
import { byId, element } from './dom.ts';

const MARGIN = 8;

/** One entry. `run` is called after the menu has closed. */
export interface MenuEntry {
  readonly label: string;
  readonly run: () => unknown;
}

/** In pixels, in the window. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/**
 * Opens the menu. One that is open is replaced.
 * @param from the element that gets the focus back
 */
export function openMessageMenu(entries: readonly MenuEntry[], from: HTMLElement, at: Position): void {
  const menu = byId('message-menu');
  const close = (returnFocus = true) => {
    menu.hidden = true;
    document.removeEventListener('pointerdown', onPointerDown);
    if (returnFocus) from.focus();
  };
  const onPointerDown = ({ target }: PointerEvent) => {
    if (!(target instanceof Node && menu.contains(target))) close(false);
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
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    const target = targets[event.key];
    if (target !== undefined) items.at(target % items.length)?.focus();
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
