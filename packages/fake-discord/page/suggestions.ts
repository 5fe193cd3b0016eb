// The list of suggestions above the input, with keyboard navigation.
import type { SuggestionView } from '../src/page-types.ts';
import { byId, element } from './dom.ts';

/** The list as it is shown. Empty means hidden. */
export interface Suggestions {
  show(suggestions: readonly SuggestionView[]): void;
  /** Returns whether it handled the key. */
  onKey(event: KeyboardEvent): boolean;
}

/**
 * Sets up the list, which is empty at first.
 * @param text the input
 * @param onChoose called with the chosen suggestion
 */
export function setUpSuggestions(text: HTMLInputElement, onChoose: (suggestion: SuggestionView) => void): Suggestions {
  const list = byId('suggestions');
  let suggestions: readonly SuggestionView[] = [];
  let active = -1;

  const show = (next: readonly SuggestionView[]) => {
    suggestions = next;
    active = -1;
    list.hidden = next.length === 0;
    list.scrollTop = 0;
    text.setAttribute('aria-expanded', String(next.length > 0));
    text.removeAttribute('aria-activedescendant');
    list.replaceChildren(
      ...next.map((suggestion, at) =>
        element(
          'div',
          {
            role: 'option',
            id: `suggestion-${at}`,
            'aria-selected': 'false',
            onmousedown: (event) => event.preventDefault(),
            onclick: () => choose(suggestion),
          },
          element('b', {}, suggestion.label),
          ' ',
          element('small', {}, suggestion.hint),
        ),
      ),
    );
  };
  const move = (step: number) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + step + suggestions.length) % suggestions.length;
    const item = list.children[active];
    if (!item) return;
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    text.setAttribute('aria-activedescendant', item.id);
  };
  /** Hides the list immediately, so that a second Enter sends while new suggestions are loading. */
  const choose = (suggestion: SuggestionView | undefined) => {
    show([]);
    if (suggestion) onChoose(suggestion);
  };
  const onKey = ({ key, shiftKey }: KeyboardEvent) => {
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
