// Answering interactions and following them up.
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { expect } from 'expect';
import { startFakeDiscord } from '../src/fake-discord.ts';
import { MEMBER_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { caller, interactionStarter } from './requests.ts';

const here = useDiscord();
const { ask, call, found, pin, post } = here;

describe('an interaction', () => {
  const hello = { type: 4, data: { content: 'hello' } };

  test('accepts one answer', async () => {
    const { answer } = ask(2);
    expect(await answer(hello)).toMatchObject({ status: 204 });
    expect(await answer(hello)).toMatchObject({ status: 400, code: 40060 });
  });

  test('is unknown after three seconds, or with a wrong token', async () => {
    const { interaction, answer } = ask(2);
    const inTime = ask(2);
    here.discord.advance(2000);
    expect(await inTime.answer(hello)).toMatchObject({ status: 204 });
    here.discord.advance(1001);
    expect(await answer(hello)).toMatchObject({ status: 404, code: 10062 });
    expect(await call('POST', `/interactions/${interaction.id}/wrong/callback`, hello)).toMatchObject({
      status: 404,
      code: 10062,
    });
  });

  test('may be answered later than at Discord, with answerWithinMs', async (t) => {
    const patient = await startFakeDiscord({ answerWithinMs: 10_000 });
    t.after(() => patient.stop());
    const mina = patient.person(patient.addUser('Mina'), patient.addChannel(patient.addGuild('Patient'), 'general'));
    const start = interactionStarter(patient, caller(patient));
    const [inTime, late] = [start(mina, 2), start(mina, 2)];
    patient.advance(9000);
    expect(await inTime.answer(hello)).toMatchObject({ status: 204 });
    patient.advance(1001);
    expect(await late.answer(hello)).toMatchObject({ status: 404, code: 10062 });
  });

  test('returns its message for with_response', async () => {
    const { status, body } = await ask(2).answer(
      { type: 4, data: { content: 'hello', flags: 64 } },
      '?with_response=true',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      interaction: { response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'hello', type: 20, flags: 64 } },
    });
  });

  test('returns no message for with_response where the answer is deferred', async () => {
    const { status, body } = await ask(2).answer({ type: 5 }, '?with_response=true');
    expect(status).toBe(200);
    expect(body.interaction).toMatchObject({ response_message_loading: true });
    expect(body.resource).toEqual({ type: 5 });
  });

  test('of a message command refers to the message that it was used on', async () => {
    const { message } = await here.mina.say('What is this?');
    const { interaction, answer } = ask(2, null, { id: '1', name: 'Explain', type: 3, target_id: message.id });
    expect((await answer(hello)).status).toBe(204);
    expect(await call('GET', `/channels/${here.channel.id}/messages/${interaction.original?.id}`)).toMatchObject({
      body: {
        type: 23,
        mentions: [],
        message_reference: { message_id: message.id },
        referenced_message: { id: message.id },
        interaction_metadata: { target_message_id: message.id },
      },
    });
  });

  test('in direct messages has the permissions that Discord documents', () => {
    const { interaction } = interactionStarter(here.discord, call)(here.mina.in(here.discord.dmOf(here.mina.user)), 2);
    const expected = Bits.AttachFiles | Bits.EmbedLinks | Bits.MentionEveryone | Bits.UseExternalEmojis;
    expect(interaction.payload).toMatchObject({ context: 1, app_permissions: String(expected) });
  });

  test('can edit and read its own messages for 15 minutes, and no others', async () => {
    const { answer, hook } = ask(2);
    await answer(hello);
    expect(await hook('PATCH', '/messages/@original', { content: 'new' })).toMatchObject({
      status: 200,
      body: { content: 'new' },
    });
    const { body } = await hook('POST', '', { content: 'more' });
    expect(await hook('DELETE', `/messages/${body.id}`)).toMatchObject({ status: 204 });
    expect(await hook('GET', `/messages/${body.id}`)).toMatchObject({ status: 404, code: 10008 });
    expect(await hook('GET', `/messages/${(await post()).body.id}`)).toMatchObject({ status: 404, code: 10008 });
    here.discord.advance(14 * 60_000);
    expect(await hook('PATCH', '/messages/@original', { content: 'newer' })).toMatchObject({ status: 200 });
    here.discord.advance(60_001);
    expect(await hook('PATCH', '/messages/@original', { content: 'late' })).toMatchObject({ status: 401, code: 50027 });
    expect(await hook('POST', '', { content: 'late' })).toMatchObject({ status: 401, code: 50027 });
  });

  test('cannot be followed up before it is answered', async () => {
    expect(await ask(2).hook('POST', '', { content: 'x' })).toMatchObject({ status: 404, code: 10015 });
  });

  test('keeps the ephemeral state of its first answer when a follow-up fills a deferred answer', async () => {
    const { interaction, answer, hook } = ask(2);
    await answer({ type: 5, data: { flags: 64 } });
    const { body } = await hook('POST', '', { content: 'done' });
    expect(body.id).toBe(interaction.original?.id);
    expect(interaction.original).toMatchObject({ content: 'done', viewer: here.mina.user, revision: 1 });
  });

  test('hides ephemeral messages from all channel routes', async () => {
    const { interaction, answer } = ask(2);
    await answer({ type: 4, data: { content: 'hello', flags: 64 } });
    const id = interaction.original?.id;
    expect(await call('GET', `/channels/${here.channel.id}/messages/${id}`)).toMatchObject({ code: 10008 });
    expect(await pin(id)).toMatchObject({ code: 10008 });
  });

  test('can update the message of its component, and only if there is one', async () => {
    const source = found((await post()).body.id);
    const click = ask(3, source);
    expect(await click.answer({ type: 7, data: { content: 'updated' } })).toMatchObject({ status: 204 });
    expect(source.content).toBe('updated');
    const later = ask(3, source);
    await later.answer({ type: 6 });
    await later.hook('PATCH', '/messages/@original', { content: 'again' });
    expect(source.content).toBe('again');
    expect(await ask(5, source).answer({ type: 7, data: { content: 'by modal' } })).toMatchObject({ status: 204 });
    expect(await ask(5).answer({ type: 7, data: { content: 'x' } })).toMatchObject({ code: 50035 });
    here.discord.removeMessage(source);
    expect(await ask(3, source).answer({ type: 7, data: { content: 'x' } })).toMatchObject({ code: 10008 });
  });

  test('can be answered without permissions of the bot', async () => {
    here.discord.setBotPermissions(here.channel, 0n);
    expect(await ask(2).answer({ type: 4, data: { embeds: [{ title: 'x' }] } })).toMatchObject({ status: 204 });
  });

  test('has the permissions of person and bot in its channel', () => {
    here.discord.setBotPermissions(here.channel, Bits.ViewChannel);
    expect(ask(2).interaction.payload).toMatchObject({
      app_permissions: String(Bits.ViewChannel),
      member: { permissions: String(MEMBER_PERMISSIONS) },
    });
  });
});
