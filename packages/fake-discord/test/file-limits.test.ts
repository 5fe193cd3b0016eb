// Limits of uploaded files.
import { after, before, describe, test } from 'node:test';
import { expect } from 'expect';
import type { FakeDiscord } from '../src/fake-discord.ts';
import type { Channel } from '../src/model.ts';
import { type Call, caller, startUnlimited } from './requests.ts';
import { many, x } from './samples.ts';

let discord: FakeDiscord;
let call: Call;
let channel: Channel;

before(async () => {
  discord = await startUnlimited();
  call = caller(discord);
  channel = discord.addChannel(discord.addGuild('Limits'), 'general');
});
after(() => discord.stop());

describe('files', () => {
  const MIB = 1024 * 1024;
  const form = (...sizes: number[]) => {
    const data = new FormData();
    data.set('payload_json', JSON.stringify({ content: 'x' }));
    for (const [at, size] of sizes.entries()) data.set(`files[${at}]`, new Blob([x(size)]), `${at}.txt`);
    return data;
  };
  const send = (data: FormData) => call('POST', `/channels/${channel.id}/messages`, data);

  test('of a message are limited to ten and 10 MiB in total', async () => {
    expect(await send(form(...many(10, () => MIB)))).toMatchObject({ status: 200 });
    expect(await send(form(...many(11, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await send(form(10 * MIB + 1))).toMatchObject({ status: 413, code: 40_005 });
    expect(await send(form(6 * MIB, 5 * MIB))).toMatchObject({ status: 413, code: 40_005 });
  });

  test('added by an edit count together with those that stay', async () => {
    const { body } = await send(form(...many(6, () => 1)));
    const edit = (data: FormData) => call('PATCH', `/channels/${channel.id}/messages/${body.id}`, data);
    expect(await edit(form(...many(5, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await edit(form(...many(4, () => 1)))).toMatchObject({ status: 200 });
  });
});
