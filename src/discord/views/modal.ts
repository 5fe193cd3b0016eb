// Modals: labelled text inputs, and the values that a person typed into them.
import {
  type APIModalSubmitInteraction,
  ComponentType,
  InteractionResponseType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Answer } from '../answer.ts';
import { cut } from '../limits.ts';

/** In code points. Discord docs, Component reference, "Label" and "Text Input"; Interactions, "Modal". */
const MODAL_LIMITS = { title: 45, label: 45, description: 100 } as const;

/** A text input. */
interface ModalField {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly value?: string;
  readonly isLong?: boolean;
  readonly isOptional?: boolean;
  readonly maxLength: number;
}

/** Opens a modal. @param customId is sent back with the values */
export function openModal(customId: string, title: string, fields: readonly ModalField[]): Answer {
  const components = fields.map((field) => ({
    type: ComponentType.Label as const,
    label: cut(field.label, MODAL_LIMITS.label),
    ...(field.description ? { description: cut(field.description, MODAL_LIMITS.description) } : {}),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: field.id,
      style: field.isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
      max_length: field.maxLength,
      required: !field.isOptional,
      ...(field.value ? { value: field.value } : {}),
    },
  }));
  const data = { custom_id: customId, title: cut(title, MODAL_LIMITS.title), components };
  return { response: { type: InteractionResponseType.Modal, data } };
}

/** The value of a field; an empty text if there is no such field. */
export function fieldValue({ data }: APIModalSubmitInteraction, id: string): string {
  for (const row of data.components ?? []) {
    const fields = 'component' in row ? [row.component] : 'components' in row ? row.components : [];
    for (const field of fields) {
      if ('value' in field && typeof field.value === 'string' && field.custom_id === id) return field.value;
    }
  }
  return '';
}
