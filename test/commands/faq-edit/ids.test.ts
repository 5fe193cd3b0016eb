// The custom_ids of /faq-edit: written, read, and refused if the bot did not write them.
import { expect, it } from 'vitest';
import { EDIT_ACTIONS, type EditId, isEditId, readEditId, writeEditId } from '../../../commands/faq-edit/ids.ts';

const OWN = 'r:abcd1234';
const PAGE = 'open-door#front';
const DIGEST = 'Ab-_5678Ab-_5678';

it.each<[string, EditId]>([
  ['e1:add:0:', { action: 'add', number: 0, topic: '' }],
  [`e1:change:z:${OWN}`, { action: 'change', number: 35, topic: OWN }],
  [`e1:remove:10:${PAGE}`, { action: 'remove', number: 36, topic: PAGE }],
  [`e1:history:1:${OWN}`, { action: 'history', number: 1, topic: OWN }],
  [`e1:again:0:${OWN}`, { action: 'again', number: 0, topic: OWN }],
  [`e1:export:2:${PAGE}`, { action: 'export', number: 2, topic: PAGE }],
  ['e1:import:3:', { action: 'import', number: 3, topic: '' }],
  [`e1:import:3:${DIGEST}`, { action: 'import', number: 3, topic: '', digest: DIGEST }],
  [`e1:change:zik0zj:${OWN}`, { action: 'change', number: 2 ** 31 - 1, topic: OWN }],
])('writes and reads %s', (text, id) => {
  expect(writeEditId(id)).toBe(text);
  expect(readEditId(text)).toEqual(id);
  expect(isEditId(text)).toBe(true);
});

it('fits into Discord’s 100 characters with the longest topic and number', () => {
  const topic = `${'a'.repeat(40)}#${'b'.repeat(40)}`;
  for (const action of EDIT_ACTIONS) {
    const text = writeEditId({ action, number: 2 ** 31 - 1, topic });
    expect(text.length).toBeLessThanOrEqual(100);
    expect(readEditId(text)?.topic).toBe(topic);
  }
});

it.each([
  ['another prefix', `x1:change:1:${OWN}`],
  ['an earlier character', ` e1:change:1:${OWN}`],
  ['an unknown action', `e1:delete:1:${OWN}`],
  ['no action', 'e1:'],
  ['no number', `e1:change::${OWN}`],
  ['nothing after the action', 'e1:change'],
  ['a negative number', `e1:change:-1:${OWN}`],
  ['a number that the database cannot hold', `e1:change:zik0zk:${OWN}`],
  ['a number without limits', `e1:change:${'z'.repeat(30)}:${OWN}`],
  ['a topic of neither kind', 'e1:change:1:front'],
  ['more after the topic', `e1:change:1:${OWN}:x`],
  ['a digest outside an import', `e1:change:1:${DIGEST}`],
  ['a digest that is too short', `e1:import:1:${DIGEST.slice(1)}`],
  ['a digest that is too long', `e1:import:1:${DIGEST}x`],
])('does not read an id with %s', (_, text) => {
  expect(readEditId(text)).toBeUndefined();
  expect(isEditId(text)).toBe(false);
});
