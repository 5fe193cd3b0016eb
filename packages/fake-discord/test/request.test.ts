// How requests are checked, recorded, and made to fail.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { caller, startUnlimited } from './requests.ts';

const here = useDiscord();
const { call, post } = here;

describe('a request', () => {
  test('with a wrong token is refused', async () => {
    expect(await call('GET', '/users/@me', undefined, { token: 'wrong' })).toMatchObject({ status: 401 });
  });

  test('with another version, without one, or to an unknown route is refused', async () => {
    expect(await call('GET', '/users/@me', undefined, { version: '/v9' })).toMatchObject({ status: 400, code: 50041 });
    expect(await call('GET', '/users/@me', undefined, { version: '' })).toMatchObject({ status: 400, code: 50041 });
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404, code: 0 });
  });

  test('for an unknown object is refused with the error code of its type', async () => {
    expect(await call('GET', '/channels/1')).toMatchObject({ status: 404, code: 10003 });
    expect(await call('GET', '/guilds/1')).toMatchObject({ status: 404, code: 10004 });
    expect(await call('GET', `/channels/${here.channel.id}/messages/1`)).toMatchObject({ status: 404, code: 10008 });
    expect(await call('GET', '/users/1')).toMatchObject({ status: 404, code: 10013 });
    expect(await call('POST', '/users/@me/channels', { recipient_id: '1' })).toMatchObject({
      status: 404,
      code: 10013,
    });
    expect(await call('GET', `/applications/${here.discord.applicationId}/commands/1`)).toMatchObject({
      status: 404,
      code: 10063,
    });
  });

  test('is recorded, also as refused', async () => {
    await call('GET', '/channels/1');
    expect(here.discord.requests.at(-1)).toMatchObject({ method: 'GET', path: '/channels/1', status: 404 });
    expect(here.discord.refusals.at(-1)).toMatchObject({
      method: 'GET',
      route: '/channels/:channel',
      status: 404,
      code: 10003,
      message: 'Unknown Channel',
    });
  });

  test('fails as often as a test asks', async () => {
    here.discord.fail({ match: /^GET \/users\/@me$/, times: 2, status: 429, retryAfter: 4 });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429, body: { retry_after: 4 } });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429 });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 200 });
  });

  test('loses its connection before or after it takes effect', async () => {
    here.discord.fail({ match: /messages$/, reset: 'before' });
    await expect(post()).rejects.toThrow();
    expect(here.discord.messagesOf(here.channel)).toHaveLength(0);
    here.discord.fail({ match: /messages$/, reset: 'after' });
    await expect(post()).rejects.toThrow();
    expect(here.discord.messagesOf(here.channel)).toHaveLength(1);
  });
});

describe('the list of servers', () => {
  test('is sorted by id, with 200 per page, before or after an id', async () => {
    const crowded = await startUnlimited();
    const ids = Array.from({ length: 203 }, (_, at) => crowded.addGuild(`Server ${at}`).id);
    crowded.removeBotFrom(crowded.addGuild('Left'));
    const request = caller(crowded);
    const list = async (query: string) => {
      const { body, code } = await request('GET', `/users/@me/guilds${query}`);
      return Array.isArray(body.list) ? body.list.map(({ id }) => id) : code;
    };
    expect(await list('')).toEqual(ids.slice(0, 200));
    expect(await list(`?after=${ids[199]}`)).toEqual(ids.slice(200));
    expect(await list(`?after=${ids[202]}`)).toEqual([]);
    expect(await list('?after=0&limit=2')).toEqual(ids.slice(0, 2));
    expect(await list(`?before=${ids[100]}&limit=2`)).toEqual(ids.slice(98, 100));
    for (const wrong of ['?limit=0', '?limit=201', '?limit=x', '?after=x']) expect(await list(wrong)).toBe(50035);
    await crowded.stop();
  });
});
