// Checks the first answer to an interaction (Discord docs, Receiving and Responding, Interaction Callback).
import { z } from 'zod';
import { invalidForm } from '../api-error.ts';
import { COMMAND } from '../limits.ts';
import { checkChoiceValues, choiceForm } from './choice.ts';
import { arrayOf, isRecord, parseForm } from './form.ts';
import type { MessageForm } from './message.ts';
import { parseMessage } from './message.ts';
import type { Modal } from './modal.ts';
import { modal } from './modal.ts';

const choices = z.object({ choices: arrayOf(choiceForm(0), { max: COMMAND.choices }) });

/** @param type of the option that the choices are for */
const choicesFor = (type: number | undefined) =>
  choices.superRefine((data, ctx) => checkChoiceValues(type, data.choices, ctx));

/** An autocomplete choice (Discord docs, Application Commands, Application Command Option Choice Structure). */
export type Choice = z.infer<typeof choices>['choices'][number];

/** A valid first answer. */
export type Callback =
  | { readonly type: 4 | 7; readonly data: MessageForm }
  | { readonly type: 5; readonly data: MessageForm }
  | { readonly type: 6; readonly data: null }
  | { readonly type: 8; readonly data: { readonly choices: readonly Choice[] } }
  | { readonly type: 9; readonly data: Modal };

/**
 * @param allowed the callback types that this interaction accepts
 * @param focusedType the type of the option that is being typed, in an autocomplete interaction
 * @throws ApiError 50035, at `type` or below `data`
 */
export function parseCallback(body: unknown, allowed: readonly number[], focusedType?: number): Callback {
  const { type } = parseForm(z.object({ type: z.int() }), body);
  const data = isRecord(body) ? body.data : undefined;
  if (!allowed.includes(type)) {
    const message = `Value must be one of {${allowed.join(', ')}}: type ${type} does not answer this kind of interaction.`;
    throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  const form = data ?? {};
  if (type === 4 || type === 7) return { type, data: parseMessage(form, 'callback', ['data']) };
  if (type === 5) return { type, data: parseMessage(form, 'defer', ['data']) };
  if (type === 8) return { type, data: parseForm(choicesFor(focusedType), form, ['data']) };
  if (type === 9) return { type, data: parseForm(modal, form, ['data']) };
  // Discord's OpenAPI document has one schema for the data of types 6 and 7, but type 6 shows nothing of it.
  parseMessage(form, 'callback', ['data']);
  return { type: 6, data: null };
}
