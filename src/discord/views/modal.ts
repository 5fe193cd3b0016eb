// Modals: text inputs under labels, and what a person typed into them.
import {
  type APIModalSubmitInteraction,
  ComponentType,
  InteractionResponseType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Answer } from '../answer.ts';
import { cut } from '../limits.ts';

/** Discord docs, Component reference: "Label" and "Text Input"; a modal's title has 45 characters. */
const MODAL = { title: 45, label: 45, description: 100 } as const;

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly value?: string;
  readonly isLong?: boolean;
  readonly isOptional?: boolean;
  readonly maxLength: number;
}

/** Opens a modal. @param customId comes back with what was typed */
export function openModal(customId: string, title: string, fields: readonly Field[]): Answer {
  const components = fields.map((field) => ({
    type: ComponentType.Label as const,
    label: cut(field.label, MODAL.label),
    ...(field.description ? { description: cut(field.description, MODAL.description) } : {}),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: field.id,
      style: field.isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
      max_length: field.maxLength,
      required: !field.isOptional,
      ...(field.value ? { value: field.value } : {}),
    },
  }));
  const data = { custom_id: customId, title: cut(title, MODAL.title), components };
  return { response: { type: InteractionResponseType.Modal, data } };
}

/** What was typed into a field; an empty text where the field is not there. */
export function typedInto({ data }: APIModalSubmitInteraction, id: string): string {
  for (const row of data.components ?? []) {
    const fields = 'component' in row ? [row.component] : 'components' in row ? row.components : [];
    for (const field of fields) {
      if ('value' in field && typeof field.value === 'string' && field.custom_id === id) return field.value;
    }
  }
  return '';
}
