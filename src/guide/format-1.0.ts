// The content format of version 1.0, which is read until 3.0: its keys in sources.yaml under their new names.

/** A path of keys in a YAML file. */
export type Keys = readonly PropertyKey[];

/** What the warnings about the old format advise. */
export const CONVERT = 'npm run content -- --convert rewrites it';

/** Keys of a disagreement that both formats have. */
const SHARED = ['id', 'about'];

/**
 * Gives the keys of 1.0 their new names: `guide` is `claims-from`, and in a disagreement `claim`. The other side's key
 * was the name of one company; it is the one key of such a disagreement that is left. `reviewed` said less than
 * `opened`, so it is `compared`.
 * @param value sources.yaml of either format, not yet checked
 * @returns the value with new keys only; `renamed`: its path of each renamed key → the path in the file
 */
export function renameOldKeys(value: unknown): { value: unknown; renamed: ReadonlyMap<string, Keys> } {
  const renamed = new Map<string, Keys>();
  if (!isMap(value)) return { value, renamed };
  const rename = (above: Keys, from: string, to: string): [string, string] => {
    if (from !== to) renamed.set([...above, to].join(), [...above, from]);
    return [from, to];
  };
  const top = new Map(Object.keys(value).map((key) => rename([], key, key === 'guide' ? 'claims-from' : key)));
  const { disagreements, sources } = value;
  const reviewed = Array.isArray(sources) ? { sources: sources.map((one, i) => renameReviewed(one, i, rename)) } : {};
  const changed = { ...renameIn(value, top), ...reviewed };
  if (!Array.isArray(disagreements)) return { value: changed, renamed };
  const list = disagreements.map((one, i) => {
    if (!isMap(one) || !('guide' in one)) return one;
    const newName = (key: string) => (key === 'guide' ? 'claim' : SHARED.includes(key) ? key : 'authority');
    return renameIn(one, new Map(Object.keys(one).map((key) => rename(['disagreements', i], key, newName(key)))));
  });
  return { value: { ...changed, disagreements: list }, renamed };
}

function renameReviewed(
  source: unknown,
  i: number,
  rename: (above: Keys, from: string, to: string) => [string, string],
) {
  if (!isMap(source) || !('reviewed' in source)) return source;
  return renameIn(source, new Map([rename(['sources', i], 'reviewed', 'compared')]));
}

function renameIn(value: Readonly<Record<string, unknown>>, names: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [names.get(key) ?? key, one]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
