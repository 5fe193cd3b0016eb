// The list of suggestions above the input, with keyboard navigation.
import { byId, element } from './dom.js';

/**
 * @param text the input
 * @param onChoose called with the chosen suggestion
 * @returns `show(suggestions)`, and `onKey(event)`, which returns whether it handled the key
 */
export function setUpSuggestions(text, onChoose) {
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
  /** Hides the list immediately, so that a second Enter sends while new suggestions are loading. */
  const choose = (suggestion) => {
    show([]);
    onChoose(suggestion);
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
