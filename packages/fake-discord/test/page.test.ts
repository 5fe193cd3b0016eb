// The page and its API.
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { Client } from 'discord.js';
import { expect } from 'expect';
import { z } from 'zod';
import type { DemoWorld } from '../src/demo.ts';
import { seedDemoWorld } from '../src/demo.ts';
import type { FakeDiscord } from '../src/fake-discord.ts';
import { startFakeDiscord } from '../src/fake-discord.ts';
import { MEMBER_PERMISSIONS, MODERATOR_PERMISSIONS } from '../src/permissions.ts';
import { each, eventually } from './support.ts';
import { startTinyBot } from './tiny-bot.ts';

let discord: FakeDiscord;
let client: Client;
let demo: DemoWorld;

before(async () => {
  discord = await startFakeDiscord();
  demo = seedDemoWorld(discord);
  client = await startTinyBot(discord);
});
after(async () => {
  await client.destroy();
  await discord.stop();
});

const shown = z.object({ id: z.string(), content: z.string() }).loose();
const reply = z
  .object({
    message: z.string().nullish(),
    interaction: z.string().optional(),
    messages: z.array(shown).default([]),
    suggestions: z.array(z.object({ text: z.string(), hint: z.string() })).default([]),
  })
  .loose();

const get = async (path: string) => reply.parse(await (await fetch(`${discord.origin}/page/api/${path}`)).json());
const act = async (path: string, body: object, who = demo.memberId) => {
  const response = await fetch(`${discord.origin}/page/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: who, channel: demo.channelIds.general, ...body }),
  });
  return reply.parse(await response.json());
};
const look = (who = demo.memberId) => get(`channel?as=${who}&channel=${demo.channelIds.general}`);
const suggested = async (text: string, who?: string) => {
  const { suggestions } = await act('suggest', { text }, who);
  return suggestions.map((each) => each.text);
};

const STYLES = ['base', 'discord', 'page', 'messages', 'forum', 'composer', 'dialog'];

describe('the page', () => {
  test('is served with its script and styles, and may load nothing from other hosts', async () => {
    const response = await fetch(discord.origin);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const parts = [...html.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(parts).toEqual([...STYLES.map((name) => `/page/${name}.css`), '/page/page.js']);
    for (const part of parts) expect((await fetch(discord.origin + part)).status).toBe(200);
    expect((await fetch(`${discord.origin}/page/..%2Fserver.ts`)).status).toBe(404);
  });

  test('knows the servers, channels and people', async () => {
    const state = await get('state');
    expect(state.isConnected).toBe(true);
    expect(state.guilds).toMatchObject([{ name: 'Community Corner' }]);
    expect(state.people).toMatchObject([
      { name: 'Mina', role: 'Member' },
      { name: 'Omar', role: 'Moderator' },
      { name: 'Hana', role: 'Helpers' },
    ]);
  });

  test('receives events as they happen', async () => {
    const abort = new AbortController();
    const response = await fetch(`${discord.origin}/page/api/events`, { signal: abort.signal });
    const seen: string[] = [];
    const context = (async () => {
      for await (const chunk of response.body ?? []) seen.push(Buffer.from(chunk).toString());
    })().catch(() => {});
    await act('run', { text: '/counter share:true' });
    await eventually(() => expect(seen.join('')).toContain('"name":"message"'));
    abort.abort();
    await context;
  });

  each([
    ['another host', { host: 'evil.example' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
  ])('refuses its API to %s', async (_, headers) => {
    const status = await new Promise((resolve, reject) => {
      request(`${discord.origin}/page/api/state`, { headers }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('the box', () => {
  test('suggests the commands that this person can use', async () => {
    expect(await suggested('/')).toEqual(expect.arrayContaining(['/counter ', '/topic ']));
    expect(await suggested('/f')).toEqual(['/form ']);
    expect(await suggested('/form')).toEqual(['/form ']);
    expect(await suggested('/f', demo.moderatorId)).toEqual(['/form ', '/faq-pin list ']);
    expect(await suggested('/f', demo.helperId)).toEqual(['/form ', '/faq-pin list ']);
  });

  test('suggests commands to a role that the server allows them, if they need no more permissions than that', async () => {
    const guild = discord.addGuild('Other');
    const { id: channel } = discord.addChannel(guild, 'general');
    const user = discord.addUser('Ida');
    discord.join(guild, user);
    const role = discord.addRole(guild, 'Helpers');
    discord.allowCommands(guild, role, MODERATOR_PERMISSIONS);
    const seen = async () =>
      (await act('suggest', { text: '/f', channel }, user.id)).suggestions.map(({ text }) => text);
    expect(await seen()).toEqual(['/form ']);
    discord.giveRole(guild, user, role);
    expect(await seen()).toEqual(['/form ', '/faq-pin list ']);
    discord.allowCommands(guild, role, MEMBER_PERMISSIONS);
    expect(await seen()).toEqual(['/form ']);
    discord.removeBotFrom(guild);
  });

  test('describes commands in the language that a person chose', async () => {
    const hints = async (text: string) => (await act('suggest', { text })).suggestions.map(({ hint }) => hint);
    expect(await hints('/count')).toEqual(['Counts presses']);
    await act('language', { locale: 'pt-BR' });
    expect(await hints('/count')).toEqual(['Conta os cliques']);
    expect(await hints('/counter ')).toEqual(['Mostrar a todos']);
    // Where there is no text in that language, as in Discord.
    expect(await hints('/form')).toEqual(['Opens a form']);
    expect(await act('language', { locale: 'tlh' })).toMatchObject({ error: expect.any(String) });
    await act('language', { locale: 'en-US' });
    expect(await hints('/count')).toEqual(['Counts presses']);
  });

  test('suggests options, then their values, with autocomplete from the bot', async () => {
    expect(await suggested('/topic ')).toEqual(['/topic name:', '/topic member:', '/topic channel:']);
    expect(await suggested('/topic name:ref')).toEqual(['/topic name:about ']);
    expect(await suggested('/topic name:about member:@Om')).toEqual(['/topic name:about member:@Omar ']);
    expect(await suggested('/topic name:about channel:#gen')).toEqual(['/topic name:about channel:#general ']);
    expect(await suggested('/counter share:')).toEqual(['/counter share:true ', '/counter share:false ']);
  });

  test('lists the options that take a file', async () => {
    expect(await act('suggest', { text: '/topic ' })).toMatchObject({ files: ['file'] });
  });

  test('sends a command with all kinds of values', async () => {
    const file = {
      filename: 'a.md',
      contentType: 'text/markdown',
      base64: Buffer.from('file text').toString('base64'),
    };
    const { message } = await act('run', {
      text: '/topic name:two words member:@Omar channel:#general',
      files: { file },
    });
    const { messages } = await look();
    expect(messages.find(({ id }) => id === message)?.content).toBe(
      `two words Omar ${demo.channelIds.general} file text`,
    );
  });

  test('suggests mentions, and sends them as ids', async () => {
    expect(await suggested('Hi @Om')).toEqual(['Hi @Omar ']);
    await act('run', { text: 'Hi @Omar' });
    expect((await look()).messages.at(-1)?.content).toBe(`Hi <@${demo.moderatorId}>`);
  });

  test('replies to a message', async () => {
    const { message: replyTo } = await act('run', { text: 'A question' });
    await act('run', { text: 'An answer', replyTo });
    expect((await look()).messages.at(-1)).toMatchObject({ type: 19, referenced_message: { content: 'A question' } });
    expect(await act('run', { text: 'An answer', replyTo: '1' })).toMatchObject({
      error: 'This message no longer exists',
    });
  });

  test('sends plain text as a message', async () => {
    await act('run', { text: 'Hello <b>all</b>' });
    expect((await look()).messages.at(-1)).toMatchObject({
      content: 'Hello <b>all</b>',
      author: { global_name: 'Mina' },
    });
  });

  each([
    ['/nothing', '/nothing is not a command here'],
    ['/topic hello', 'Write each value as option:value, not just hello'],
    ['/topic', '/topic needs name'],
    ['/topic name:x member:@Nobody', 'The option member takes a user, such as @name'],
    ['/counter share:perhaps', 'The option share takes true or false'],
  ])('explains what is wrong with %s', async (text, error) => {
    expect(await act('run', { text })).toMatchObject({ error });
  });
});

describe('a message on the page', () => {
  test('that is ephemeral is shown to one person and marked', async () => {
    const { message } = await act('run', { text: '/counter' });
    expect((await look()).messages.at(-1)).toMatchObject({ id: message, isEphemeral: true });
    expect((await look(demo.moderatorId)).messages.map(({ id }) => id)).not.toContain(message);
  });

  test('has what it forwards, without suppressed embeds, and its stickers', async () => {
    const channel = discord.addChannel(discord.addGuild('Forwards'), 'general');
    const mina = discord.person(discord.addUser('Mina'), channel);
    const { message } = await mina.say('Read this');
    await mina.say('', { forwarded: message, stickers: [{ id: '1', name: 'Wave', format_type: 1 }] });
    const post = (body: object) => client.rest.post(`/channels/${channel.id}/messages`, { body });
    await post({ content: 'x', embeds: [{ title: 'Hidden' }], flags: 4 });
    expect((await get(`channel?as=${mina.user.id}&channel=${channel.id}`)).messages).toMatchObject([
      { content: 'Read this', message_snapshots: [], sticker_items: [] },
      { content: '', message_snapshots: [{ message: { content: 'Read this' } }], sticker_items: [{ name: 'Wave' }] },
      { content: 'x', embeds: [] },
    ]);
  });

  test('supports buttons, select menus and message commands', async () => {
    const { message } = await act('run', { text: '/counter share:true' });
    expect(await act('press', { message, customId: 'count:0' })).toMatchObject({ type: 7, message });
    const menu = await act('run', { text: '/menu' });
    expect(await act('choose', { message: menu.message, customId: 'pick', values: ['red'] })).toMatchObject({
      type: 6,
    });
    expect((await look()).menu).toEqual(['Quote']);
    expect(await act('menu', { message, name: 'Quote' })).toMatchObject({ type: 4 });
    expect(await act('press', { message: '1', customId: 'x' })).toMatchObject({
      error: 'This message no longer exists',
    });
  });

  test('opens modals, which can be submitted once', async () => {
    const { modal, interaction } = await act('run', { text: '/form' });
    expect(modal).toMatchObject({ title: 'A form', custom_id: 'form' });
    expect(await act('submit', { interaction, values: { note: 'hello' } })).toMatchObject({ type: 4 });
    expect(await act('submit', { interaction, values: { note: 'hello' } })).toMatchObject({
      error: 'This form is no longer open',
    });
  });
});
