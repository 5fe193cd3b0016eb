// Limits of uploaded files.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { many, x } from './samples.ts';

const here = useDiscord();
const { call, post } = here;

describe('files', () => {
  const MIB = 1024 * 1024;
  const form = (...sizes: number[]) => {
    const data = new FormData();
    data.set('payload_json', JSON.stringify({ content: 'x' }));
    for (const [at, size] of sizes.entries()) data.set(`files[${at}]`, new Blob([x(size)]), `${at}.txt`);
    return data;
  };

  test('of a message are limited to ten and 10 MiB in total', async () => {
    expect(await post(form(...many(10, () => MIB)))).toMatchObject({ status: 200 });
    expect(await post(form(...many(11, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await post(form(10 * MIB))).toMatchObject({ status: 200 });
    expect(await post(form(10 * MIB + 1))).toMatchObject({ status: 413, code: 40_005 });
    expect(await post(form(6 * MIB, 5 * MIB))).toMatchObject({ status: 413, code: 40_005 });
  });

  test('and everything else in a request are limited to 25 MiB', async () => {
    expect(await post({ content: x(25 * MIB) })).toMatchObject({ status: 413, code: 40_005 });
    expect(await post({ content: x(25 * MIB - 14) })).toMatchObject({ status: 400, code: 50_035 });
  });

  test('added by an edit count together with those that stay', async () => {
    const { body } = await post(form(...many(6, () => 1)));
    const edit = (data: FormData) => call('PATCH', `/channels/${here.channel.id}/messages/${body.id}`, data);
    expect(await edit(form(...many(5, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await edit(form(...many(4, () => 1)))).toMatchObject({ status: 200 });
  });
});
