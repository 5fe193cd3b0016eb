// /faq, /help and autocomplete of pages, in all places and languages.

import { buttonsOf } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { useWorld } from './world.ts';

const edition = await shippedEdition();

type Message = Parameters<typeof buttonsOf>[0];
const own: readonly string[] = Object.values(en.button);
const world = useWorld();

const COMMANDS = ['close-account', 'new-account', 'second-account'];
const titleOf = (message: Message | null) => message?.embeds[0]?.title;
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const waysOn = (message: Message | null) =>
  message ? buttonsOf(message).flatMap(({ label, url }) => (label && !url && !own.includes(label) ? [label] : [])) : [];

async function open(command: string, options: Record<string, string | boolean> = {}) {
  const { message } = await world.member.slash(command, options);
  return message ?? expect.fail(`/${command} answered without a message`);
}

describe('/faq', () => {
  it('shows a page to everyone, and notifies only the named member', async () => {
    const { message } = await world.member.slash('faq', { topic: 'close-account#money', member: world.other.user });
    expect(message?.flags).toBe(0);
    expect(message?.content).toBe(`For <@${world.other.user.id}>:`);
    expect(message?.notifies).toEqual({ everyone: false, roles: [], users: [world.other.user.id] });
  });

  it('says privately what to do about an unknown topic', async () => {
    const { message } = await world.member.slash('faq', { topic: 'qqqq' });
    expect(message?.content).toBe(en.faq.noTopic('qqqq'));
    expect(message?.flags).toBe(64);
  });
});

describe('/help', () => {
  it('lists commands and sources and says what is stored, also in a DM', async () => {
    const newcomer = world.discord.addUser('Newcomer');
    const person = world.discord.person(newcomer, world.discord.dmOf(newcomer));
    const { message } = await person.slash('help');
    const text = JSON.stringify(message?.embeds);
    const { commands } = world.discord;
    expect(commands.length).toBeGreaterThan(8);
    for (const { name, type, id } of commands)
      expect(text).toMatch(type === 1 ? new RegExp(`</${name}(?: \\w+)?:${id}>`) : name);
    const { title, intro, sources, limits } = edition.subject;
    for (const sentence of [title, intro, sources, limits, en.help.storesText]) expect(text).toContain(sentence);
    await person.press(message, waysOn(message)[0] ?? '');
    expect(titleOf(message)).toMatch(/\?$/);
  });
});

describe('other places and languages', () => {
  it.each(['de', 'ja', 'ar', 'xx'])(
    'a member with the locale %s gets English if there is no edition',
    async (locale) => {
      const person = world.discord.person(world.member.user, world.general, { locale });
      expect(titleOf((await person.slash('close-account')).message)).toBe(titleOf(await open('close-account')));
    },
  );

  it('works where the bot has no permissions', async () => {
    const silent = world.discord.addChannel(world.guild, 'silent', { botPermissions: 0n });
    const { message } = await world.member.in(silent).slash('close-account');
    await world.member.in(silent).press(message, waysOn(message)[0] ?? '');
    expect(labels(message)).toContain('Back');
  });
});

describe('autocomplete', () => {
  const typed = [
    '',
    ' ',
    'a',
    'x'.repeat(6000),
    '.*+?^{}()|[]\\',
    '😀🔥',
    'שלום مرحبا',
    'é'.repeat(3000),
    '%_\\',
    "'; DROP TABLE x;--",
  ];
  it.each(COMMANDS)('/%s page accepts any input', async (command) => {
    for (const text of typed) {
      const choices = await world.member.autocomplete(command, 'page', text);
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(new Set(choices.map(({ name }) => name)).size).toBe(choices.length);
    }
    expect((await world.member.autocomplete(command, 'page', '')).length).toBeGreaterThan(10);
  });

  it('finds every page of a guide by its title', async () => {
    for (const command of COMMANDS) {
      for (const { name, value } of await world.member.autocomplete(command, 'page', '')) {
        expect((await world.member.autocomplete(command, 'page', name)).map((choice) => choice.value)).toContain(value);
      }
    }
  });
});
