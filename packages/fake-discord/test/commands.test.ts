// Registering commands.
import { beforeEach, describe, test } from 'node:test';
import { expect } from 'expect';
import type { FakeDiscord } from '../src/fake-discord.ts';
import { useDiscord } from './here.ts';

const here = useDiscord();
const { call } = here;

describe('commands', () => {
  const path = () => `/applications/${here.discord.applicationId}/commands`;
  const faq = { name: 'faq', description: 'd', description_localizations: { de: 'e' } };

  test('are overwritten by name and type, and keep their ids', async () => {
    const created = await call('POST', path(), faq);
    const again = await call('POST', path(), { ...faq, description: 'new' });
    expect([created.status, again.status, again.body.id]).toEqual([201, 200, created.body.id]);
    const changed = await call('PATCH', `${path()}/${created.body.id}`, { description: 'newer' });
    expect(changed.body).toMatchObject({ id: created.body.id, description: 'newer', name: 'faq' });
    expect(await call('DELETE', `${path()}/${created.body.id}`)).toMatchObject({ status: 204 });
    expect(here.discord.commands).toEqual([]);
    expect(here.discord.commandWrites.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'DELETE']);
  });

  test('of a server are separate from the global ones', async () => {
    const own = `/applications/${here.discord.applicationId}/guilds/${here.guild.id}/commands`;
    expect(await call('PUT', own, [faq])).toMatchObject({ status: 200, body: { list: [{ guild_id: here.guild.id }] } });
    expect((await call('GET', path())).body.list).toEqual([]);
    expect(here.discord.commandWrites.at(-1)).toEqual({ method: 'PUT', guildId: here.guild.id });
  });

  test('are listed without localizations unless requested', async () => {
    await call('PUT', path(), [faq]);
    expect((await call('GET', path())).body.list).toEqual([
      expect.not.objectContaining({ description_localizations: expect.anything() }),
    ]);
    expect((await call('GET', `${path()}?with_localizations=true`)).body.list).toMatchObject([
      { description_localizations: { de: 'e' } },
    ]);
  });

  test('of a server without the bot are refused', async () => {
    const left = here.discord.addGuild('Left');
    here.discord.removeBotFrom(left);
    for (const id of [left.id, '123456789012345678']) {
      const own = `/applications/${here.discord.applicationId}/guilds/${id}/commands`;
      for (const [method, body] of [['GET'], ['PUT', [faq]], ['POST', faq]] as const)
        expect(await call(method, own, body)).toMatchObject({ status: 403, code: 50001 });
    }
  });

  describe('with an Entry Point command', () => {
    let entry: ReturnType<FakeDiscord['addEntryPoint']>;
    beforeEach(() => {
      entry = here.discord.addEntryPoint();
    });
    const listed = async () => {
      const { list } = (await call('GET', `${path()}?with_localizations=true`)).body;
      return Array.isArray(list) ? list : [];
    };

    test('include it in lists, with its handler', async () => {
      expect((await listed()).find(({ type }) => type === 4)).toMatchObject({
        id: entry.id,
        name: 'launch',
        description: '',
        handler: 2,
        default_member_permissions: null,
      });
    });

    test('cannot be bulk overwritten without it, with the error of Discord', async () => {
      expect(await call('PUT', path(), [faq])).toMatchObject({
        status: 400,
        code: 50240,
        body: {
          message:
            "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.",
        },
      });
      expect((await call('PUT', path(), [])).code).toBe(50240);
      expect((await listed()).some(({ type }) => type === 4)).toBe(true);
    });

    test('can be bulk overwritten with it as it was listed, and it keeps its id', async () => {
      const kept = (await listed()).filter(({ type }) => type === 4);
      expect(await call('PUT', path(), [faq, ...kept])).toMatchObject({ status: 200 });
      expect((await listed()).find(({ type }) => type === 4)).toMatchObject({ id: entry.id, handler: 2 });
    });

    test('of a server do not need it, and cannot include one', async () => {
      const own = `/applications/${here.discord.applicationId}/guilds/${here.guild.id}/commands`;
      expect(await call('PUT', own, [faq])).toMatchObject({ status: 200 });
      expect(await call('PUT', own, [{ type: 4, name: 'launch', handler: 2 }])).toMatchObject({ code: 50035 });
    });

    test('can lose it by a separate request', async () => {
      expect(await call('DELETE', `${path()}/${entry.id}`)).toMatchObject({ status: 204 });
      expect(await call('PUT', path(), [faq])).toMatchObject({ status: 200 });
    });
  });

  test('do not count as created when they are overwritten, or when a write is refused', async () => {
    const own = `/applications/${here.discord.applicationId}/guilds/${here.discord.addGuild('Daily').id}/commands`;
    const some = (prefix: string) => Array.from({ length: 100 }, (_, at) => ({ ...faq, name: `${prefix}-${at}` }));
    for (const prefix of ['a', 'a', 'b', 'b'])
      expect(await call('PUT', own, some(prefix))).toMatchObject({ status: 200 });
    for (let i = 0; i < 2; i++)
      expect(await call('PUT', own, [...some('b').slice(1), faq])).toMatchObject({ status: 400, code: 30034 });
    expect(await call('PUT', own, some('b'))).toMatchObject({ status: 200 });
  });
});
