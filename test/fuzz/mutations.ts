// Payloads that Discord does not send: valid ones with parts removed, replaced, swapped, lengthened; and any JSON.
import fc from 'fast-check';
import { type Change, changes, texts } from './runs.ts';

const LONG = 10_000;
const DEEP = 60;
const NAMES =
  'type data name options option value focused custom_id values component_type components component message flags embeds title attachments member user permissions id guild_id channel_id channel locale app_permissions resolved channels messages users target_id url size filename thread_metadata application_id token __proto__ constructor toString length'.split(
    ' ',
  );

const names = fc.oneof({ arbitrary: fc.constantFrom(...NAMES), weight: 5 }, { arbitrary: fc.string(), weight: 1 });
const scalars = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, 2 ** 53, '', '1', '-1', '0x10', 'abc', '9'.repeat(30)),
  texts(LONG),
);
const { any } = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalars,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(names, tie('any'), { maxKeys: 6 }),
  ),
}));

/** Any JSON object, with the names of an interaction's fields. Both transports drop what is not an object. */
export const oddInteractions: fc.Arbitrary<unknown> = fc
  .record({
    type: fc.oneof(fc.integer({ min: 0, max: 7 }), any),
    data: fc.oneof({ arbitrary: commandLike(), weight: 4 }, { arbitrary: any, weight: 1 }),
    rest: fc.dictionary(names, any, { maxKeys: 10 }),
  })
  .map(({ type, data, rest }) => ({ ...rest, type, data }));

function commandLike() {
  return fc.record(
    {
      type: fc.oneof(fc.constantFrom(1, 2, 3), any),
      name: fc.oneof(
        fc.constantFrom('close-account', 'ask', 'faq', 'faq-pin', 'faq-edit', 'Answer with FAQ', 'insights', 'help'),
        any,
      ),
      custom_id: fc.oneof(
        fc.constantFrom(
          'w1:p:',
          'w2:es:p:',
          'w2:xx:l:',
          'l1:language',
          'e1:change:0:',
          'n1:list:',
          'a1:choose:',
          'i1:write:',
        ),
        any,
      ),
      options: any,
      values: any,
      components: any,
      resolved: any,
    },
    { requiredKeys: [] },
  );
}

const HOWS = ['remove', 'replace', 'lengthen', 'swap', 'repeat', 'nest', 'cut', 'flip', 'poison'] as const;

/** Good payloads with one to three changes somewhere in them. */
export function mutated(payloads: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(payloads, changes(HOWS, any, 3))
    .map(([payload, list]) => list.reduce(apply, JSON.parse(JSON.stringify(payload))));
}

function apply(payload: unknown, { how, at, other, given }: Change<(typeof HOWS)[number], unknown>): unknown {
  const places = placesIn(payload);
  const path = places[at % places.length] ?? [];
  const old = valueAt(payload, path);
  const text = typeof old === 'string' ? old : (JSON.stringify(old) ?? '');
  switch (how) {
    case 'remove':
      return replaced(payload, path, undefined);
    case 'replace':
      return replaced(payload, path, given);
    case 'lengthen':
      return replaced(payload, path, text.padEnd(LONG, text || 'x'));
    case 'swap':
      return replaced(payload, path, valueAt(payload, places[other % places.length] ?? []));
    case 'repeat':
      return replaced(payload, path, Array.isArray(old) ? Array.from({ length: 60 }, () => old).flat() : [old, old]);
    case 'nest':
      return replaced(payload, path, nested(old));
    case 'cut':
      return replaced(payload, path, text.slice(0, other % 100));
    case 'flip':
      return replaced(payload, path, flipped(text, other));
    case 'poison':
      return replaced(payload, path, JSON.parse(`{"__proto__":${JSON.stringify(given)},"constructor":null}`));
  }
}

type Path = readonly (string | number)[];

/** Where something stands in a JSON value, the value itself left out. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const inner = [...path, key];
    return [inner, ...placesIn(valueAt(value, [key]), inner)];
  });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, key)?.value : undefined),
    value,
  );
}

/** @param put undefined removes what stands there */
function replaced(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const inner = replaced(valueAt(value, [key]), rest, put);
  if (Array.isArray(value)) return value.flatMap((one, i) => (i !== key ? [one] : inner === undefined ? [] : [inner]));
  const entries = Object.entries(value ?? {}).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? entries : [...entries, [key, inner]]);
}

function nested(value: unknown): unknown {
  let whole = value;
  for (let i = 0; i < DEEP; i++) whole = [{ type: 1, name: 'add', options: whole }];
  return whole;
}

function flipped(text: string, at: number): string {
  const place = at % Math.max(1, text.length);
  return text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ (1 << (at % 7))) + text.slice(place + 1);
}
