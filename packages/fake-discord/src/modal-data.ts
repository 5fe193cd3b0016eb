// Builds the data of a modal submit interaction (Discord docs, Receiving and Responding, Modal Submit Data Structure).
import { findChosen, isAttachment, requireCount } from './chosen.ts';
import { createIds } from './component-ids.ts';
import type { Actor, ResolvedObjects } from './interaction-payload.ts';
import { noResolvedObjects, resolvedJson } from './interaction-payload.ts';
import type { Attachment, Json, World } from './model.ts';
import type { Modal, ModalInput } from './schema/modal.ts';

/** What a person enters in a field: a text, whether a box is checked, chosen values or ids, files. */
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
  const nextId = createIds([...modal.components, ...fields.map(({ input }) => input)].map(({ id }) => id));
  const answer = (field: Field) => {
    const head = { type: field.input.type, id: nextId(field.input.id), custom_id: field.input.custom_id };
    return { ...head, ...answerJson(world, acting, field, findValue(field, values), resolved) };
  };
  const components = modal.components.map((part) => {
    const id = nextId(part.id);
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
  if ('default_values' in input) return input.default_values?.map(({ id }) => id);
  return undefined;
}

/** The value as the interaction has it. Adds the objects that it names to `resolved`. */
function answerJson(
  world: World,
  acting: Actor,
  { label, input }: Field,
  value: ModalValue | undefined,
  resolved: ResolvedObjects,
): Json {
  if (input.type === 4) return { value: textOf(label, input, value) };
  if (input.type === 23) return { value: value === true };
  const name = `The field ${label}`;
  const list = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((each: unknown) => each);
  const files = list.filter(isAttachment);
  resolved.attachments.push(...files);
  const values = list.map((each) => (isAttachment(each) ? each.id : String(each)));
  const isRequired = input.required ?? true;
  if (isRequired && values.length === 0) throw new Error(`${name} needs a value`);
  if ('options' in input) {
    const unknown = values.find((each) => !input.options.some((option) => option.value === each));
    if (unknown !== undefined) throw new Error(`${name} has no option ${unknown}`);
  }
  if (values.length > 0) requireCount(name, input, values, input.type === 22 ? input.options.length : 1);
  if (input.type >= 5 && input.type <= 8) {
    const chosen = findChosen(world, acting, input, name, values);
    resolved.users.push(...chosen.users);
    resolved.channels.push(...chosen.channels);
    resolved.roleIds.push(...chosen.roleIds);
  }
  return input.type === 21 ? { value: values[0] ?? null } : { values };
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
