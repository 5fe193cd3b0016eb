// Buttons that belong to no walk, such as the two of a question of confirmation.
import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Messages } from '../../i18n/index.ts';
import { rowsOf } from './page.ts';

type Style = ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger;

/** A button. @param customId at most 100 characters */
export function plainButton(label: string, customId: string, style: Style = ButtonStyle.Secondary): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

/** The two buttons of a question of confirmation: one says yes to the act, the other leaves everything as it is. */
export function confirmRow(yes: APIButtonComponent, messages: Messages) {
  return rowsOf([yes, plainButton(messages.confirm.cancel, CANCEL)]);
}

/** The custom_id of every Cancel. */
export const CANCEL = 'c1:cancel';
