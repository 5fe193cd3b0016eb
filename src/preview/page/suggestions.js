// The list above the box: what could stand next, walked with the arrow keys.
import { byId, element } from './dom.js';

/**
 * @param text the box
 * @param take is told which suggestion was taken
 * @returns `show(suggestions)`, and `onKey(event)`, which says whether the key was the list's
 */
export function setUpSuggestions(text, take) {
  const list = byId('suggestions');
  let suggestions = [];
  let active = -1;

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
            onclick: () => choose(suggestions[at]),
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
  /** The list goes at once: a second Enter sends, though what could follow is still being asked for. */
  const choose = (suggestion) => {
    show([]);
    take(suggestion);
  };
  const onKey = ({ key, shiftKey }) => {
    if (suggestions.length === 0) return false;
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(active === -1 ? 0 : -1);
    else if (key === 'Escape') show([]);
    else if ((key === 'Enter' || (key === 'Tab' && !shiftKey)) && active !== -1) choose(suggestions[active]);
    else return false;
    return true;
  };
  text.addEventListener('blur', () => show([]));
  return { show, onKey };
}
