// The buttons and modals of /faq-edit: who may use them, and what each one does.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { cancelButton, editComponents } from '../../../commands/faq-edit/components.ts';
import { EDIT_ACTIONS, type EditId, writeEditId } from '../../../commands/faq-edit/ids.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { CANCEL } from '../../../src/discord/views/buttons.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { findReply } from '../../../src/replies/repository.ts';
import { componentInteraction, modalInteraction } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { messageOf, modalOf, openCommandWorld, START } from '../world.ts';

const en = messagesFor('en');
const { services, store, write, close } = openCommandWorld();
const handler = editComponents(services);
afterAll(close);

const { edit, exchange } = en;
const press = (id: EditId, context: object = {}) =>
  handler.onComponent?.(componentInteraction(writeEditId(id), context)) ?? expect.fail('no answer');
const TYPED = { title: 'Keys', text: 'Call Ann.', aliases: '' };
const { DeferredMessageUpdate, DeferredChannelMessageWithSource } = InteractionResponseType;

it('matches its own ids only', () => {
  expect(EDIT_ACTIONS.every((action) => handler.matches(writeEditId({ action, number: 1, topic: START })))).toBe(true);
  expect(['e1:none:1:', CANCEL, 'w1:p:abc'].some((id) => handler.matches(id))).toBe(false);
});

it('removes a reply, and replaces the question', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: 'Keys' });
  const answer = await press({ action: 'remove', number: 1, topic }, { guildId });
  expect(answer.response.type).toBe(DeferredMessageUpdate);
  expect((await findReply(store, { guildId, topic }))?.state).toBe('shown');
  expect((await messageOf(answer)).content).toBe(edit.removed('Keys'));
});

it('turns a page of the history', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: 'Keys' });
  const answer = await press({ action: 'history', number: 2, topic }, { guildId });
  expect(answer.response.type).toBe(DeferredMessageUpdate);
  expect((await messageOf(answer)).embeds?.[0]?.title).toBe(edit.history('Keys'));
  const before = await press({ action: 'history', number: 1, topic }, { guildId });
  expect((await messageOf(before)).content).toBe(edit.gone);
});

it('imports the file of the question', async () => {
  const answer = await press({ action: 'import', number: 1, topic: '' }, { message: { id: newId(), attachments: [] } });
  expect(answer.response.type).toBe(DeferredMessageUpdate);
  await expect(messageOf(answer)).rejects.toThrow(new Refusal(exchange.notFetched));
});

it('sends the next part of an export as a new private message', async () => {
  const guildId = newId();
  await write(guildId, {});
  const answer = await press({ action: 'export', number: 2, topic: 'r:00000000' }, { guildId });
  expect(answer.response).toEqual({
    type: DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  });
  expect((await messageOf(answer)).files).toMatchObject([{ name: 'replies-2.md.gz' }]);
});

it('opens the text that is shown now after a conflict', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: 'Theirs' });
  const { customId, inputs } = await modalOf(press({ action: 'again', number: 0, topic }, { guildId }));
  expect(customId).toBe(writeEditId({ action: 'change', number: 1, topic }));
  expect(inputs.title).toMatchObject({ value: 'Theirs' });
  const gone = await modalOf(press({ action: 'again', number: 0, topic: 'r:zzzzzzzz' }, { guildId }));
  expect(gone.customId).toBe(writeEditId({ action: 'add', number: 0, topic: '' }));
});

it.each(['add', 'change'] as const)(
  'says that it does not know a button with the id of a modal: %s',
  async (action) => {
    const answer = await press({ action, number: 0, topic: START });
    expect(answer.response.type).toBe(InteractionResponseType.UpdateMessage);
    expect((await messageOf(answer)).content).toBe(en.help.lost);
  },
);

it('saves what was typed into a modal', async () => {
  const guildId = newId();
  const id = writeEditId({ action: 'add', number: 0, topic: '' });
  const shown = await messageOf(handler.onModal?.(modalInteraction(id, TYPED, { guildId })));
  expect(shown.content).toBe(`${edit.saved('Keys')}\n${edit.noNames}`);
  expect(await services.replyCache.repliesOf(guildId)).toMatchObject([{ title: 'Keys' }]);
});

it('rejects a modal with another id, as a bug', async () => {
  await expect(handler.onModal?.(modalInteraction('e1:none', TYPED))).rejects.toThrow(TypeError);
});

it('is for members who manage messages, in servers', async () => {
  const PIN_ONLY = String(1n << 51n);
  const lacks = new Refusal(en.error.lacks('**Manage Messages**'));
  for (const action of EDIT_ACTIONS) {
    const id: EditId = { action, number: 1, topic: START };
    await expect(press(id, { permissions: PIN_ONLY })).rejects.toThrow(lacks);
    await expect(press(id, { guildId: null })).rejects.toThrow(new Refusal(en.error.serverOnly));
    const submit = (context: object) => handler.onModal?.(modalInteraction(writeEditId(id), TYPED, context));
    await expect(submit({ permissions: PIN_ONLY })).rejects.toThrow(lacks);
    await expect(submit({ guildId: null })).rejects.toThrow(new Refusal(en.error.serverOnly));
  }
});

it('changes nothing on Cancel, for everybody', async () => {
  const cancel = cancelButton(services);
  expect([CANCEL, `${CANCEL}x`, 'e1:add:0:'].map((id) => cancel.matches(id))).toEqual([true, false, false]);
  const answer = await cancel.onComponent?.(componentInteraction(CANCEL, { permissions: '0' }));
  expect(answer?.response.type).toBe(InteractionResponseType.UpdateMessage);
  expect(await messageOf(answer)).toMatchObject({ content: en.confirm.cancelled, embeds: [], components: [] });
});
