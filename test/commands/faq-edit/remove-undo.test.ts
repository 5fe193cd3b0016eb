// Removing a reply, which asks first, and undoing the last change.
import { MessageFlags } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { type EditId, writeEditId } from '../../../commands/faq-edit/ids.ts';
import { confirmRemoval, remove, undo } from '../../../commands/faq-edit/remove-undo.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { CANCEL } from '../../../src/discord/views/buttons.ts';
import { replyEmbed } from '../../../src/discord/views/embeds.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { MAX_REPLIES, TooManyRepliesError } from '../../../src/replies/reply.ts';
import { findReply, removeReply } from '../../../src/replies/repository.ts';
import { StoreError } from '../../../src/store/errors.ts';
import type { Store } from '../../../src/store/store.ts';
import { commandInteraction, componentInteraction, USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, contextOf, messageOf, openCommandWorld, replyOf, START } from '../world.ts';

const en = messagesFor('en');
const { store, write, close } = openCommandWorld();
afterAll(close);

const { edit } = en;
const context = contextOf();
const pageTitle = context.topics.find(START)?.title ?? '';
const failing = (error: unknown): Store => ({ ...store, transact: () => Promise.reject(error) });

function press(guildId: string, about: Pick<EditId, 'topic' | 'number'>, on: Store = store) {
  const id: EditId = { action: 'remove', ...about };
  return remove(componentInteraction(writeEditId(id), { guildId }), id, context, on);
}
const undoing = (guildId: string, topic: string, on: Store = store) =>
  undo(commandInteraction('faq-edit undo', {}, { guildId }), topic, context, on);

it.each([
  ['an own reply', 'r:abcd1234', edit.askRemove('\\*Keys\\*'), en.faq.own],
  ['text in place of a page', START, edit.askRemoveOverride(pageTitle), en.faq.override],
])('asks before it removes %s, and shows it', async (_, topic, question, footer) => {
  const reply = replyOf({ topic, title: '*Keys*', revision: 4 });
  const found = contextOf([reply]).topics.find(topic) ?? expect.fail('a topic');
  const shown = await messageOf(confirmRemoval(found, reply, en));
  expect(shown).toMatchObject({ content: question, flags: MessageFlags.Ephemeral });
  expect(shown.embeds).toEqual([replyEmbed(reply, footer)]);
  expect(buttonsOf(shown)).toEqual([
    [en.confirm.remove, writeEditId({ action: 'remove', number: 4, topic })],
    [en.confirm.cancel, CANCEL],
  ]);
  expect(shown.components).toMatchObject([{ components: [{ style: 4 }, { style: 2 }] }]);
});

it('removes a reply in the person’s name', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: '*Keys*' });
  const shown = await press(guildId, { topic, number: 1 });
  expect(shown).toMatchObject({ content: edit.removed('\\*Keys\\*'), embeds: [], components: [] });
  expect(await findReply(store, { guildId, topic })).toMatchObject({ state: 'removed', revision: 2, savedBy: USER_ID });
});

it('removes the text in place of a page', async () => {
  const guildId = newId();
  await write(guildId, { topic: START });
  expect((await press(guildId, { topic: START, number: 1 })).content).toBe(edit.overrideRemoved(pageTitle));
});

it('removes nothing that changed since the question, or that is gone', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, {});
  await expect(press(guildId, { topic, number: 2 })).rejects.toThrow(new Refusal(edit.changedMeanwhile));
  expect((await findReply(store, { guildId, topic }))?.state).toBe('shown');
  await removeReply(store, { guildId, topic, authorId: '1', cause: newId() });
  await expect(press(guildId, { topic, number: 2 })).rejects.toThrow(new Refusal(edit.gone));
  await expect(press(newId(), { topic, number: 0 })).rejects.toThrow(new Refusal(edit.gone));
});

it('undoes a change, in the person’s name, and shows the text before', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: '*Keys*', text: 'Call Ann.' });
  expect((await undoing(guildId, topic)).content).toBe(edit.undoneToNothing('\\*Keys\\*'));
  expect(await findReply(store, { guildId, topic })).toMatchObject({
    state: 'removed',
    action: 'undo',
    savedBy: USER_ID,
  });
  const shown = await undoing(guildId, topic);
  expect(shown.content).toBe(edit.undone('\\*Keys\\*'));
  expect(shown.embeds).toEqual([replyEmbed({ title: '*Keys*', text: 'Call Ann.' }, en.faq.own)]);
});

it('undoes the text in place of a page, so that the page’s own is shown', async () => {
  const guildId = newId();
  await write(guildId, { topic: START });
  const shown = await undoing(guildId, START);
  expect(shown).toMatchObject({ content: edit.undoneToGuide(pageTitle), embeds: [] });
  const again = await undoing(guildId, START);
  expect(again.embeds?.[0]?.footer?.text).toBe(en.faq.override);
});

it('says that there is nothing to undo', async () => {
  await expect(undoing(newId(), START)).rejects.toThrow(new Refusal(edit.notOwn));
  await expect(undoing(newId(), 'r:zzzzzzzz')).rejects.toThrow(new Refusal(edit.gone));
});

it.each([
  ['the server is full', new TooManyRepliesError(1), new Refusal(edit.full(MAX_REPLIES))],
  ['the database fails', new StoreError('locked', 'busy'), new StoreError('locked', 'busy')],
])('says so if %s', async (_, error, expected) => {
  await expect(undoing(newId(), START, failing(error))).rejects.toThrow(expected);
  await expect(press(newId(), { topic: START, number: 1 }, failing(error))).rejects.toThrow(expected);
});
