// Builds the data of a modal submit interaction (Discord docs, Modal Submit Data structure).
import type { Actor, ResolvedObjects } from './interaction-payload.ts';
import { noResolvedObjects, resolvedJson } from './interaction-payload.ts';
import type { Attachment, Json, World } from './model.ts';
import type { Modal, ModalInput } from './schema/modal.ts';

export type ModalValue = string | boolean | readonly string[] | Attachment | readonly Attachment[];

/** Values by label or custom_id of the input. Other inputs keep their preset value. */
export type ModalValues = Readonly<Record<string, ModalValue>>;

interface Field {
  readonly label: string;
  readonly input: ModalInput;
}

/** The inputs of a modal with their labels, in order. */
function fieldsOf(modal: Modal): Field[] {
  return modal.components.flatMap((part): Field[] => {
    if (part.type === 18) return [{ label: part.label, input: part.component }];
    if (part.type === 1) return part.components.map((input) => ({ label: input.label ?? '', input }));
    return [];
  });
}

/**
 * Builds the interaction's `data`.
 * @throws Error for an unknown field, and for a value that a client would not send
 */
export function modalData(world: World, acting: Actor, modal: Modal, values: ModalValues): Json {
  const fields = fieldsOf(modal);
  for (const key of Object.keys(values)) {
    if (!fields.some((field) => isNamed(field, key))) throw new Error(`The modal "${modal.title}" has no field ${key}`);
  }
  const resolved = noResolvedObjects();
  let next = 0;
  const answer = (field: Field) => answerJson(field, findValue(field, values), resolved, ++next);
  const components = modal.components.map((part) => {
    const id = ++next;
    if (part.type === 10) return { type: 10, id };
    const answers = fieldsOf({ ...modal, components: [part] }).map(answer);
    return part.type === 18 ? { type: 18, id, component: answers[0] } : { type: 1, id, components: answers };
  });
  return { custom_id: modal.custom_id, components, ...resolvedJson(world, acting, resolved) };
}

const isNamed = ({ label, input }: Field, key: string) => input.custom_id === key || label === key;

function findValue(field: Field, values: ModalValues): ModalValue | undefined {
  const found = Object.entries(values).find(([key]) => isNamed(field, key));
  return found?.[1] ?? presetOf(field.input);
}

function presetOf(input: ModalInput): ModalValue | undefined {
  if (input.type === 4) return input.value;
  if (input.type === 23) return input.default;
  if ('options' in input) return input.options.filter((option) => option.default).map(({ value }) => value);
  return undefined;
}

function answerJson(
  { label, input }: Field,
  value: ModalValue | undefined,
  resolved: ResolvedObjects,
  id: number,
): Json {
  const head = { type: input.type, id, custom_id: input.custom_id };
  if (input.type === 4) return { ...head, value: textOf(label, input, value) };
  if (input.type === 23) return { ...head, value: value === true };
  const list = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((each: unknown) => each);
  const files = list.filter(isAttachment);
  resolved.attachments.push(...files);
  const values = list.map((each) => (isAttachment(each) ? each.id : String(each)));
  const isRequired = input.required ?? true;
  if (isRequired && values.length === 0) throw new Error(`The field ${label} needs a value`);
  if ('options' in input) {
    const unknown = values.find((each) => !input.options.some((option) => option.value === each));
    if (unknown !== undefined) throw new Error(`The field ${label} has no option ${unknown}`);
  }
  return input.type === 21 ? { ...head, value: values[0] ?? null } : { ...head, values };
}

function textOf(label: string, input: Extract<ModalInput, { type: 4 }>, value: ModalValue | undefined): string {
  const text = typeof value === 'string' ? value : '';
  const { min_length: min = 0, max_length: max = 4000 } = input;
  const isRequired = input.required ?? true;
  if (text === '' && !isRequired) return text;
  if (text === '') throw new Error(`The field ${label} needs text`);
  if (text.length < min || text.length > max)
    throw new Error(`The field ${label} takes ${min} to ${max} characters, not ${text.length}`);
  return text;
}

function isAttachment(value: unknown): value is Attachment {
  return typeof value === 'object' && value !== null && 'filename' in value;
}
