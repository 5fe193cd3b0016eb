// The options of a select menu, on a message or in a form.
import type { StringMenuView } from '../src/message-types.ts';
import { element } from './dom.ts';

/**
 * Draws the options of a menu. A menu of one choice begins with its placeholder where nothing is chosen at first, and
 * where its choice may be taken back: otherwise browsers would choose the first option.
 */
export function menuOptions(
  { options, placeholder, max_values: max }: StringMenuView,
  mayBeEmpty: boolean,
): HTMLElement[] {
  const items = options.map(({ label, value, description, default: isChosen }) =>
    element('option', { value, selected: isChosen }, description ? `${label} – ${description}` : label),
  );
  const isChosen = options.some((option) => option.default);
  if ((max ?? 1) > 1 || (isChosen && !mayBeEmpty)) return items;
  const empty = { value: '', selected: !isChosen, disabled: !mayBeEmpty };
  return [element('option', empty, placeholder ?? 'Choose'), ...items];
}

/** The chosen values, without the placeholder. */
export const chosenValues = ({ selectedOptions }: HTMLSelectElement): string[] =>
  [...selectedOptions].map(({ value }) => value).filter(Boolean);
