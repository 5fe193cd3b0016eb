// The ids of components, where the bot gave none (Discord docs, Component Reference, Anatomy of a Component).
import type { Message } from './model.ts';
import type { Row } from './schema/component.ts';

/** The id of a component that has none, or 0, which counts as none: the next number that no other component has. */
export type NextId = (own: number | undefined) => number;

/** @param given the ids of all components of the message or modal, as the bot sent them */
export function createIds(given: readonly (number | undefined)[]): NextId {
  const taken = new Set(given);
  let last = 0;
  return (own) => {
    if (own) return own;
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

/** The rows of a message with an id on every component. */
export function withIds(rows: readonly Row[]) {
  const nextId = createIds(rows.flatMap((row) => [row, ...row.components]).map(({ id }) => id));
  return rows.map((row) => ({
    ...row,
    id: nextId(row.id),
    components: row.components.map((control) => ({ ...control, id: nextId(control.id) })),
  }));
}

/** The id of the component with this custom_id, as interactions carry it; 0 where the message has none. */
export function componentId({ components }: Message, customId: string): number {
  const controls = withIds(components).flatMap((row) => row.components);
  return controls.find((control) => control.custom_id === customId)?.id ?? 0;
}
