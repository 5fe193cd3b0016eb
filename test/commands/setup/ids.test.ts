// The custom_ids of the panel of /setup.
import { expect, it } from 'vitest';
import { isSetupId, readSetupId, type SetupControl, setupId } from '../../../commands/setup/ids.ts';

it.each<SetupControl>(['forums', 'roles', 'person', 'language', 'pin', 'try', 'resume'])(
  'are read as they were written: %s',
  (control) => {
    expect(isSetupId(setupId(control))).toBe(true);
    expect(readSetupId(setupId(control))).toBe(control);
  },
);

it.each(['s1:', 's1:other', 's1:forums:1', 's2:forums', 'forums', ''])('of another version are not read: %s', (id) => {
  expect(readSetupId(id)).toBeUndefined();
});
