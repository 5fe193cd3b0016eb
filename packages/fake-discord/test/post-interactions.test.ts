// Interactions with a bot's reply in a post: what they carry, private follow-ups, and the reply's deletion.
import { beforeEach, describe, test } from 'node:test';
import { ApplicationFlags, ChannelType, MessageFlags } from 'discord.js';
import { expect } from 'expect';
import type { Channel, Message } from '../src/model.ts';
import { useDiscord } from './here.ts';
import { interactionStarter } from './requests.ts';
import { button, rows } from './samples.ts';

const here = useDiscord();
const { call, post } = here;
let thread: Channel;
let question: Message;
let answer: Message;
beforeEach(async () => {
  const { discord, guild, mina } = here;
  const forum = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  ({ thread, message: question } = await mina.post(forum, 'How?', 'secret'));
  const { body } = await post({ ...rows([button()]), message_reference: { message_id: question.id } }, thread);
  answer = discord.messagesOf(thread).find(({ id }) => id === body.id) ?? question;
});
const press = (who = here.mina) =>
  interactionStarter(here.discord, call)(who.in(thread), 3, { component_type: 2, custom_id: 'go' }, answer);

describe('an interaction with a reply in a post', () => {
  test('carries the reply with the message that it replies to, without its text', () => {
    expect(press().interaction.payload.message).toMatchObject({
      id: answer.id,
      type: 19,
      content: 'x',
      message_reference: { message_id: question.id, channel_id: thread.id, guild_id: here.guild.id },
      referenced_message: { id: question.id, author: { id: here.mina.user.id }, content: '' },
    });
    here.discord.application.flags = ApplicationFlags.GatewayMessageContentLimited;
    expect(press().interaction.payload.message).toMatchObject({ referenced_message: { content: 'secret' } });
    here.discord.application.flags = 0;
  });

  test('says so where that message was deleted', () => {
    here.discord.removeMessage(question);
    expect(press().interaction.payload.message).toMatchObject({
      message_reference: { message_id: question.id },
      referenced_message: null,
    });
  });

  test('carries the post as a thread', () => {
    expect(press().interaction.payload).toMatchObject({
      channel_id: thread.id,
      channel: {
        id: thread.id,
        type: ChannelType.PublicThread,
        name: 'How?',
        parent_id: thread.parent?.id,
        owner_id: here.mina.user.id,
        thread_metadata: { archived: false, locked: false },
        permissions: String(here.mina.permissionsIn(thread)),
      },
    });
  });

  test('is followed up for one person with the flag EPHEMERAL', async () => {
    const { answer: respond, hook } = press();
    await respond({ type: 6 });
    const { body } = await hook('POST', '', { content: 'for you', flags: MessageFlags.Ephemeral });
    expect(body).toMatchObject({ flags: MessageFlags.Ephemeral });
    const other = here.discord.addUser('Omar');
    const ids = (viewer = here.mina.user) => here.discord.messagesOf(thread, viewer).map(({ id }) => id);
    expect(ids()).toContain(body.id);
    expect(ids(other)).not.toContain(body.id);
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ code: 10008 });
    expect((await call('GET', `/channels/${thread.id}`)).body.message_count).toBe(1);
  });

  test('may delete the reply, also in a locked post, but not in an archived one', async () => {
    const path = `/channels/${thread.id}/messages/${answer.id}`;
    here.discord.editThread(thread, { archived: true });
    expect(await call('DELETE', path)).toMatchObject({ status: 400, code: 50083 });
    here.discord.editThread(thread, { archived: false, locked: true });
    const { answer: respond, hook } = press();
    await respond({ type: 6 });
    expect(await call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await hook('PATCH', '/messages/@original', { content: 'y' })).toMatchObject({ code: 10008 });
    expect(await hook('POST', '', { content: 'Deleted', flags: MessageFlags.Ephemeral })).toMatchObject({
      status: 200,
    });
  });
});

describe('a message command on a post', () => {
  test('carries its text', async () => {
    const { discord, mina } = here;
    await call('POST', `/applications/${discord.applicationId}/commands`, { name: 'Quote', type: 3 });
    let data: unknown;
    const stop = discord.events.subscribe((event) => {
      if (event.name === 'interaction') data ??= event.interaction.payload.data;
    });
    mina.menu('Quote', question).catch(() => {});
    stop();
    expect(data).toMatchObject({ resolved: { messages: { [question.id]: { content: 'secret' } } } });
  });
});
