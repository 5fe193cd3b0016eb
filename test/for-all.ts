// Objects that the tests of a `describe` or a file share, created in a hook.
import { afterAll, beforeAll } from 'vitest';

/**
 * Creates an object before these tests and removes it after them. It can be used in tests and in later hooks; hooks that
 * are defined later end before it is removed.
 */
export function createForAll<T extends object>(create: () => Promise<T>, remove: (object: T) => Promise<void>): T {
  let created: T | undefined;
  beforeAll(async () => {
    created = await create();
  });
  afterAll(async () => {
    if (created) await remove(created);
  });
  const get = (_: T, key: string | symbol) => {
    if (!created) throw new Error(`${String(key)} is used before the object was created`);
    return Reflect.get(created, key);
  };
  // Every property is read from the created object.
  return new Proxy({} as T, { get });
}
