// Rules between the fields of components: identifiers, counts and preset values (Discord docs, Component Reference).
import type { z } from 'zod';
import { CHANNEL_TYPES } from '../limits.ts';
import { oneOf, report, setOf } from './form.ts';

/** The types of channels that a menu or option shows, each once (Discord docs, Channel resource, Channel Types). */
export const channelTypes = setOf(oneOf(CHANNEL_TYPES));

interface Placed {
  readonly component: { readonly id?: number | undefined; readonly custom_id?: string | undefined };
  readonly path: PropertyKey[];
}

/**
 * No two components share an id or a custom_id, disabled ones included. An id of 0 counts as none (Discord docs,
 * Anatomy of a Component).
 */
export function checkIdentifiers(placed: readonly Placed[], ctx: z.RefinementCtx): void {
  const seen = new Set<string | number>();
  for (const { component, path } of placed) {
    const { id, custom_id: customId } = component;
    if (id && seen.has(id))
      report(ctx, 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated', [...path, 'id']);
    if (customId !== undefined && seen.has(customId)) {
      const message = 'Component custom id cannot be duplicated';
      report(ctx, 'COMPONENT_CUSTOM_ID_DUPLICATED', message, [...path, 'custom_id']);
    }
    for (const each of [id, customId]) if (each) seen.add(each);
  }
}

interface Counts {
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
}

/** @param most what max_values is where it is not set */
export function checkCounts({ min_values: min = 1, max_values: max }: Counts, most: number, ctx: z.RefinementCtx) {
  if (min > (max ?? most))
    report(ctx, 'SELECT_COMPONENT_MIN_MAX', 'min_values must not be larger than max_values', ['min_values']);
}

interface Option {
  readonly value: string;
  readonly default?: boolean | undefined;
}

/** Each option has a value of its own, and no more are chosen by default than can be chosen. */
export function checkOptions(options: readonly Option[], max: number, ctx: z.RefinementCtx): void {
  if (options.filter((each) => each.default).length > max) {
    const message = 'More options are chosen by default than max_values allows';
    report(ctx, 'SELECT_COMPONENT_DEFAULTS', message, ['options']);
  }
  options.forEach(({ value }, at) => {
    if (options.findIndex((other) => other.value === value) === at) return;
    const message = 'The specified option value is already used';
    report(ctx, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message, ['options', at, 'value']);
  });
}

type Entity = 'user' | 'role' | 'channel';

const ENTITIES: Readonly<Record<5 | 6 | 7 | 8, readonly Entity[]>> = {
  5: ['user'],
  6: ['role'],
  7: ['user', 'role'],
  8: ['channel'],
};

interface EntityMenu extends Counts {
  readonly type: 5 | 6 | 7 | 8;
  readonly default_values?: readonly { readonly type: Entity }[] | undefined;
}

/**
 * Default values are of the menu's kind, and as many as can be chosen: "number of default values must be in the range
 * defined by min_values and max_values" (Discord docs, Component Reference, User Select).
 */
export function checkDefaults(menu: EntityMenu, ctx: z.RefinementCtx): void {
  const { type, min_values: min = 1, max_values: max = 1, default_values: defaults = [] } = menu;
  if (defaults.length > 0 && (defaults.length < min || defaults.length > max)) {
    const message = `The number of default values must be between ${min} and ${max}`;
    report(ctx, 'SELECT_COMPONENT_DEFAULTS', message, ['default_values']);
  }
  const kinds = ENTITIES[type];
  defaults.forEach((each, at) => {
    if (kinds.includes(each.type)) return;
    const message = `Value must be one of {${kinds.join(', ')}}.`;
    report(ctx, 'BASE_TYPE_CHOICES', message, ['default_values', at, 'type']);
  });
}
