// /faq-edit: its subcommands, who may use them, and which topics they offer.
import { InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeEditId } from '../../commands/faq-edit/ids.ts';
import { faqEditCommand } from '../../commands/faq-edit.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { removeReply } from '../../src/replies/repository.ts';
import { autocompleteInteraction, commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { contextOf, messageOf, modalOf, openCommandWorld, REAR, START } from './world.ts';

const en = messagesFor('en');
const { services, store, write, close } = openCommandWorld();
const faqEdit = faqEditCommand(services);
afterAll(close);

const { edit, exchange } = en;
const guildId = newId();
let shown = '';
let removed = '';
beforeAll(async () => {
  shown = (await write(guildId, { title: 'Keys' })).topic;
  removed = (await write(guildId, { title: 'Bells' })).topic;
  await removeReply(store, { guildId, topic: removed, authorId: '1', cause: newId() });
  await write(guildId, { topic: REAR, title: 'Our back door' });
});

const run = (subcommand: string, options: Record<string, string> = {}, context: object = {}) =>
  faqEdit.run?.(commandInteraction(`faq-edit ${subcommand}`, options, { guildId, ...context })) ??
  expect.fail('no answer');
const SUBCOMMANDS = ['add', 'change', 'remove', 'history', 'undo', 'export', 'import'];

it.each(SUBCOMMANDS)('%s is for members who manage messages, in servers', async (subcommand) => {
  const options = { topic: START };
  const permissions = String(PermissionFlagsBits.PinMessages);
  const lacks = new Refusal(en.error.lacks('**Manage Messages**'));
  await expect(run(subcommand, options, { permissions })).rejects.toThrow(lacks);
  await expect(run(subcommand, options, { guildId: null })).rejects.toThrow(new Refusal(en.error.serverOnly));
});

it.each(['history', 'undo', 'export', 'import'])('%s answers privately, and later', async (subcommand) => {
  const { response } = await run(subcommand, { topic: START, file: '1' });
  const { DeferredChannelMessageWithSource } = InteractionResponseType;
  expect(response).toEqual({ type: DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } });
});

it('says that a subcommand no longer exists', async () => {
  await expect(run('gone')).rejects.toThrow(new Refusal(en.error.noCommand));
});

it('opens an empty form to add a reply, and a filled one to change it', async () => {
  expect(await modalOf(run('add'))).toMatchObject({ customId: writeEditId({ action: 'add', number: 0, topic: '' }) });
  const change = await modalOf(run('change', { topic: 'keys' }));
  expect(change.customId).toBe(writeEditId({ action: 'change', number: 1, topic: shown }));
  expect(change.inputs.title).toMatchObject({ value: 'Keys' });
});

it('does not change or remove a reply that is removed', async () => {
  for (const subcommand of ['change', 'remove'])
    await expect(run(subcommand, { topic: removed })).rejects.toThrow(new Refusal(en.faq.noTopic(removed)));
});

it('asks before it removes a reply, or the text in place of a page', async () => {
  expect((await messageOf(run('remove', { topic: shown }))).content).toBe(edit.askRemove('Keys'));
  const override = await messageOf(run('remove', { topic: REAR }));
  expect(override.content).toBe(edit.askRemoveOverride(contextOf().topics.find(REAR)?.title ?? ''));
  expect(override.embeds?.[0]?.title).toBe('Our back door');
});

it('has nothing to remove for a page without text of the server', async () => {
  await expect(run('remove', { topic: START })).rejects.toThrow(new Refusal(edit.notOwn));
});

it('shows the history of a topic, by id or by title, also of a removed one', async () => {
  const titleOf = async (topic: string) => (await messageOf(run('history', { topic }))).embeds?.[0]?.title;
  expect(await titleOf(shown)).toBe(edit.history('Keys'));
  expect(await titleOf(removed)).toBe(edit.history('Bells'));
  expect(await titleOf('bells')).toBe(edit.history('Bells'));
  expect(await titleOf('key')).toBe(edit.history('Keys'));
  expect(await titleOf(REAR)).toBe(edit.history('Our back door'));
  expect((await messageOf(run('history', { topic: START }))).content).toBe(edit.noHistory);
});

it('finds no history of other servers, and none for an unknown topic', async () => {
  const elsewhere = run('history', { topic: removed }, { guildId: newId() });
  await expect(messageOf(elsewhere)).rejects.toThrow(new Refusal(en.faq.noTopic(removed)));
  await expect(messageOf(run('history', { topic: 'xyz' }))).rejects.toThrow(new Refusal(en.faq.noTopic('xyz')));
  await expect(messageOf(run('history'))).rejects.toThrow(new Refusal(en.faq.noTopic('')));
});

it('undoes a removal', async () => {
  const own = newId();
  const { topic } = await write(own, { title: 'Stairs' });
  await removeReply(store, { guildId: own, topic, authorId: '1', cause: newId() });
  const undone = await messageOf(run('undo', { topic: 'stairs' }, { guildId: own }));
  expect(undone.content).toBe(edit.undone('Stairs'));
});

it('exports the replies of the server', async () => {
  expect((await messageOf(run('export'))).content).toBe(exchange.exported(2));
  expect((await messageOf(run('export', {}, { guildId: newId() }))).content).toBe(exchange.nothing);
});

it('imports the attached file', async () => {
  const attachment = { id: '7', filename: 'a.md', size: 1, url: 'https://example.org/a.md' };
  const data = { resolved: { attachments: { 7: attachment } } };
  const importing = messageOf(run('import', { file: '7' }, { data }));
  await expect(importing).rejects.toThrow(new Refusal(exchange.elsewhere));
});

it.each([
  ['change', false],
  ['remove', false],
  ['history', true],
  ['undo', true],
])('offers topics for %s; removed ones: %s', async (subcommand, hasRemoved) => {
  const typing = autocompleteInteraction(`faq-edit ${subcommand}`, ['topic', ''], { guildId });
  const offered = (await faqEdit.autocomplete?.(typing)) ?? [];
  const names = offered.map(({ name }) => name);
  expect(names.includes(`Bells ${edit.removedMark}`)).toBe(hasRemoved);
  expect(names).toContain('Keys');
});
