// Buttons and rows of buttons: those of a walk, and plain ones such as the two of a confirmation.
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { Page } from '../../guide/model.ts';
import type { Messages } from '../../i18n/index.ts';
import { type WalkAction, writeWalkId } from '../custom-id.ts';
import { COMPONENT_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

/** Whether a part of a message is a row of buttons. */
export function isButtonRow(part: APIMessageTopLevelComponent): part is ButtonRow {
  return part.type === ComponentType.ActionRow && part.components.every(({ type }) => type === ComponentType.Button);
}

/** The custom_id of every Cancel button. */
export const CANCEL = 'c1:cancel';

/** A button. @param customId at most 100 characters */
export function plainButton(
  label: string,
  customId: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

/** A button of a walk. Its custom_id says what it does and carries the path and what the walk began with. */
export function walkButton(
  { edition, origin }: RenderContext,
  action: WalkAction,
  label: string,
  path: readonly Page[],
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: writeWalkId(action, path, { edition, origin }) };
}

/** Buttons in rows of five. */
export function rowsOf(buttons: readonly APIButtonComponent[]): ButtonRow[] {
  const rows: ButtonRow[] = [];
  for (let at = 0; at < buttons.length; at += COMPONENT_LIMITS.buttonsInRow) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(at, at + COMPONENT_LIMITS.buttonsInRow) });
  }
  return rows;
}

/** Rows with more buttons at their end: in the last row if there is room, else in a row of their own; none if all are full. */
export function withButtons(rows: readonly ButtonRow[], buttons: readonly APIButtonComponent[]): ButtonRow[] {
  if (buttons.length === 0) return [...rows];
  const last = rows.at(-1)?.components ?? [];
  const { rows: mostRows, buttonsInRow } = COMPONENT_LIMITS;
  if (rows.length > 0 && last.length + buttons.length <= buttonsInRow)
    return [...rows.slice(0, -1), ...rowsOf([...last, ...buttons])];
  return rows.length < mostRows ? [...rows, ...rowsOf(buttons)] : [...rows];
}

/** The two buttons of a confirmation: one confirms the action, the other changes nothing. */
export function confirmRow(confirm: APIButtonComponent, messages: Messages): ButtonRow[] {
  return rowsOf([confirm, plainButton(messages.confirm.cancel, CANCEL)]);
}
