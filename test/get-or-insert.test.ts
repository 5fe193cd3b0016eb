// Values of a map that are created on first access.
import { describe, expect, it } from 'vitest';
import { getOrInsert } from '../src/get-or-insert.ts';

describe('the value for a key', () => {
  it('is created once, and kept in the map', () => {
    const map = new Map<string, string[]>();
    let created = 0;
    const create = () => {
      created += 1;
      return [];
    };
    const first = getOrInsert(map, 'a', create);
    expect(getOrInsert(map, 'a', create)).toBe(first);
    expect(map.get('a')).toBe(first);
    expect(getOrInsert(map, 'b', create)).not.toBe(first);
    expect(created).toBe(2);
  });

  it('is not created again if it is 0, empty or null', () => {
    for (const value of [0, '', null, false])
      expect(getOrInsert(new Map([['a', value]]), 'a', () => expect.fail('it exists'))).toBe(value);
  });
});
