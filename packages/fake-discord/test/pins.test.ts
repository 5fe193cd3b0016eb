// Pinning and unpinning messages.
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { expect } from 'expect';
import { BOT_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { each } from './support.ts';

const here = useDiscord();
const { call, found, pin, post } = here;

describe('a pin', () => {
  test('needs PIN_MESSAGES; MANAGE_MESSAGES is not enough', async () => {
    const { body } = await post();
    here.discord.setBotPermissions(here.channel, (BOT_PERMISSIONS & ~Bits.PinMessages) | Bits.ManageMessages);
    expect(await pin(body.id)).toMatchObject({ status: 403, code: 50013 });
  });

  test('posts a notice by the pinner, who can delete it but not pin it', async () => {
    const { body } = await post();
    expect(await pin(body.id)).toMatchObject({ status: 204 });
    const notice = here.discord.messagesOf(here.channel).at(-1);
    expect(notice).toMatchObject({ type: 6, author: here.discord.botUser, replyTo: { messageId: body.id } });
    expect(await pin(notice?.id)).toMatchObject({ status: 403, code: 50021 });
    expect(await call('DELETE', `/channels/${here.channel.id}/messages/${notice?.id}`)).toMatchObject({ status: 204 });
  });

  test('is listed newest first, in pages, and not at all without READ_MESSAGE_HISTORY', async () => {
    const ids: unknown[] = [];
    for (let at = 0; at < 3; at++) {
      ids.push((await post()).body.id);
      await pin(ids[at]);
    }
    const list = (query: string) => call('GET', `/channels/${here.channel.id}/messages/pins${query}`);
    const first = await list('?limit=2');
    expect(first.body).toMatchObject({
      has_more: true,
      items: [{ message: { id: ids[2], pinned: true } }, { message: { id: ids[1] } }],
    });
    const [, last] = Array.isArray(first.body.items) ? first.body.items : [];
    expect((await list(`?before=${encodeURIComponent(last.pinned_at)}`)).body).toMatchObject({
      has_more: false,
      items: [{ message: { id: ids[0] } }],
    });
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS & ~Bits.ReadMessageHistory);
    expect((await list('')).body).toEqual({ items: [], has_more: false });
  });

  test('is listed with a valid limit and time only', async () => {
    const list = (query: string) => call('GET', `/channels/${here.channel.id}/messages/pins${query}`);
    for (const query of ['', '?limit=1', '?limit=50', '?before=2026-01-01T00:00:00Z'])
      expect(await list(query)).toMatchObject({ status: 200 });
    for (const query of ['?limit=0', '?limit=51', '?limit=x', '?before=yesterday'])
      expect(await list(query)).toMatchObject({ status: 400, code: 50035 });
  });

  test('is refused with 250 in the channel', async () => {
    for (let at = 0; at < 250; at++) here.discord.pin((await here.mina.say(`${at}`)).message, here.mina.user);
    expect(await pin((await post()).body.id)).toMatchObject({ status: 400, code: 30003 });
  });

  test('of a deleted message, or of one in another channel, is refused', async () => {
    const other = here.discord.addChannel(here.guild, 'other');
    expect(await pin((await post({ content: 'x' }, other)).body.id)).toMatchObject({ status: 400, code: 50019 });
    expect(await pin('1')).toMatchObject({ status: 404, code: 10008 });
  });

  test('is removed with its message, by unpin, and by the route', async () => {
    const messages = await Promise.all([1, 2, 3].map(async () => found((await post()).body.id)));
    for (const message of messages) here.discord.pin(message, here.mina.user);
    const [first, second, third] = messages;
    if (first && second) {
      here.discord.removeMessage(first);
      here.discord.unpin(second);
    }
    expect(here.discord.pinsOf(here.channel)).toEqual([third]);
    expect(await call('DELETE', `/channels/${here.channel.id}/messages/pins/${third?.id}`)).toMatchObject({
      status: 204,
    });
    expect(here.discord.pinsOf(here.channel)).toEqual([]);
  });

  each([
    ['GET', ''],
    ['PUT', '/1'],
    ['DELETE', '/1'],
  ])('by the old route (%s) is refused with a hint', async (method, path) => {
    const reply = await call(method, `/channels/${here.channel.id}/pins${path}`);
    expect([reply.status, reply.body.message]).toEqual([410, expect.stringContaining('/messages/pins')]);
  });
});
