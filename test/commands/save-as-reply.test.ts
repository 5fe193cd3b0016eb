// "Save as reply": the form of a new reply, filled in with a message.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { saveAsReplyCommand } from '../../commands/save-as-reply.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { DRAFT_LIMITS } from '../../src/replies/draft.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { aliasFor } from '../../src/stats/unanswered.ts';
import { altered } from '../discord/parts.ts';
import { type InteractionContext, messageCommandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { modalOf, openCommandWorld } from './world.ts';

const en = messagesFor('en');
const { services, store, close } = openCommandWorld();
const command = saveAsReplyCommand(services);
afterAll(close);

const interaction = (message: object, context: InteractionContext = {}) =>
  messageCommandInteraction(
    'Save as reply',
    { id: '55', author: { id: '8' }, ...message },
    { guildId: newId(), ...context },
  );
const save = (message: object, context: InteractionContext = {}) =>
  command.onMessageCommand?.(interaction(message, context)) ?? expect.fail('no answer');

it('opens the form of a new reply with the words of the message', async () => {
  const { customId, title, inputs } = await modalOf(save({ content: 'Ask **Ann**.' }));
  expect([customId, title]).toEqual(['e1:add:0:', en.edit.addTitle]);
  expect(inputs.text).toMatchObject({ value: 'Ask **Ann**.', max_length: DRAFT_LIMITS.text });
  expect(inputs.title).not.toHaveProperty('value');
  expect(inputs.aliases).not.toHaveProperty('value');
});

it('takes the words of a forwarded message', async () => {
  const message = { content: '', message_snapshots: [{ message: { content: 'Forwarded' } }] };
  expect((await modalOf(save(message))).inputs.text?.value).toBe('Forwarded');
});

it.each([
  ['Ask <@5>, or <@!900000000000000001>: <#6> or <@&7>', 'Ask @…, or @…: <#6> or <@&7>'],
  ['<@5><@6>', '@…@…'],
  ['<@5', '<@5'],
])('names no members: %s', async (content, text) => {
  expect((await modalOf(save({ content }))).inputs.text?.value).toBe(text);
  const forwarding = { content: '', message_snapshots: [{ message: { content } }] };
  expect((await modalOf(save(forwarding))).inputs.text?.value).toBe(text);
});

it("takes a helper's answer that the bot passed on without the line that says for whom it is", async () => {
  const content = '<@5>, an answer from <@6>:\nAsk **Ann**.\nOr <@7>.';
  const textOf = async (authorId: string) =>
    (await modalOf(save({ content, author: { id: authorId } }))).inputs.text?.value;
  expect(await textOf(interaction({}).application_id)).toBe('Ask **Ann**.\nOr @….');
  expect(await textOf('8')).toBe('@…, an answer from @…:\nAsk **Ann**.\nOr @….');
});

it.each([
  ['a thread', { id: '5', type: 11, name: 'Where is, the\nkey?' }, 'Where is the key?'],
  ['a private thread', { id: '5', type: 12, name: 'Keys' }, 'Keys'],
  ['a thread with a long title', { id: '5', type: 11, name: '🙂'.repeat(100) }, aliasFor('🙂'.repeat(100))],
  ['a thread without a title', { id: '5', type: 11 }, undefined],
  ['a channel', { id: '5', type: 0, name: 'general' }, undefined],
])('in %s takes its title as another name', async (_, channel, alias) => {
  expect((await modalOf(save({ content: 'x' }, { channel }))).inputs.aliases?.value).toBe(alias);
});

it.each([
  ['has no text', { content: '' }],
  ['has blanks only', { content: ' \n\u200b' }],
  ['is not in the payload', { id: '55' }],
  ['forwards no text', { content: '', message_snapshots: [{ message: { content: '' } }] }],
  ['forwards nothing', { content: '', message_snapshots: [] }],
])('says so if the message %s', async (_, message) => {
  await expect(save(message)).rejects.toThrow(new Refusal(en.edit.noWords));
});

it('says so if the chosen message is missing in the payload', async () => {
  const sent = interaction({ content: 'x' });
  const missing = altered(sent, { data: { ...sent.data, resolved: { messages: {} } } });
  await expect(command.onMessageCommand?.(missing)).rejects.toThrow(new Refusal(en.edit.noWords));
});

it('takes messages of 4,000 characters, and no longer ones', async () => {
  const longest = 'x'.repeat(DRAFT_LIMITS.text);
  expect((await modalOf(save({ content: longest }))).inputs.text?.value).toBe(longest);
  await expect(save({ content: `${longest}x` })).rejects.toThrow(new Refusal(en.edit.tooLongToSave));
});

it('is for members who manage messages and for helpers, in servers', async () => {
  const permissions = String(PermissionFlagsBits.PinMessages);
  const message = { content: 'x' };
  await expect(save(message, { permissions })).rejects.toThrow(new Refusal(en.error.lacks('**Manage Messages**')));
  await expect(save(message, { guildId: null })).rejects.toThrow(new Refusal(en.error.serverOnly));
  const guildId = newId();
  await changeSetting(store, guildId, { name: 'helper-roles', value: ['31'], by: '70' });
  const sent = interaction(message, { guildId, permissions });
  const asHelper = altered(sent, { member: { ...sent.member, roles: ['31'] } });
  expect((await modalOf(command.onMessageCommand?.(asHelper))).inputs.text?.value).toBe('x');
});
