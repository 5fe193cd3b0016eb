// What a map holds at a key, made at the first time that it is asked for.

/** Gives the value at a key. @param make makes it where there is none; it is kept then */
export function getOrInsert<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const value = make();
  map.set(key, value);
  return value;
}
