// What may be attached to an answer, by the limit that Discord sends with an interaction.
import { expect, it } from 'vitest';
import { capacityFor } from '../../../commands/faq-edit/upload-limits.ts';

const MIB = 1024 * 1024;
const RESERVED = 128 * 1024;

it.each([
  ['no limit', undefined, 10 * MIB - RESERVED],
  ['zero', 0, 10 * MIB - RESERVED],
  ['a negative number', -1, 10 * MIB - RESERVED],
  ['the default', 10 * MIB, 10 * MIB - RESERVED],
  ['more than the default', 25 * MIB, 10 * MIB - RESERVED],
  ['less than the default', 8 * MIB, 8 * MIB - RESERVED],
  ['twice what is reserved', 2 * RESERVED, RESERVED],
  ['less than what is reserved', 1000, 500],
])('leaves room for the text if Discord sends %s', (_, limit, bytes) => {
  const given = limit === undefined ? {} : { attachment_size_limit: limit };
  expect(capacityFor(given)).toEqual({ files: 10, bytes });
});
