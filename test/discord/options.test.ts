// Reading interactions: options, the person, the channel, the locale, and who sees a message.
import { type APIInteraction, ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  channelIdOf,
  flagOption,
  focusedOption,
  idOption,
  isPrivateMessage,
  localeOf,
  subcommandOf,
  textOption,
  userIdOf,
} from '../../src/discord/options.ts';
import { autocompleteInteraction, commandInteraction, componentInteraction, USER_ID } from '../interactions.ts';
import { altered } from './parts.ts';

const add = commandInteraction('faq-pin add', { topic: 'a#a', silent: true, loud: false });
const ask = commandInteraction('ask', { question: 'why', public: true });
const bare = commandInteraction('help', {}, { data: { options: undefined } });

describe('a subcommand', () => {
  it('is the first option, if that is one', () => {
    expect(subcommandOf(add)).toBe('add');
    expect(subcommandOf(ask)).toBeUndefined();
    expect(subcommandOf(bare)).toBeUndefined();
  });
});

describe('an option', () => {
  it('is read from the command, or from its subcommand', () => {
    expect(textOption(add, 'topic')).toBe('a#a');
    expect(textOption(ask, 'question')).toBe('why');
    expect(textOption(ask, 'topic')).toBeUndefined();
    expect(textOption(bare, 'topic')).toBeUndefined();
  });

  it('of a subcommand without options is missing', () => {
    const options = [{ type: Type.Subcommand as const, name: 'list' }];
    expect(textOption({ data: { options } }, 'list')).toBeUndefined();
  });

  it('is never a group of subcommands', () => {
    const options = [
      { type: Type.SubcommandGroup as const, name: 'x', options: [], value: 'group' },
      { type: Type.String as const, name: 'x', value: 'text' },
    ];
    expect(textOption({ data: { options } }, 'x')).toBe('text');
    const late = [
      { type: Type.String as const, name: 'y', value: 'text' },
      { type: Type.Subcommand as const, name: 'x', options: [], value: 'sub' },
    ];
    expect(textOption({ data: { options: late } }, 'x')).toBeUndefined();
  });

  it('loses its NUL characters, which PostgreSQL refuses', () => {
    expect(textOption(commandInteraction('ask', { question: 'a\0b\0' }), 'question')).toBe('ab');
  });

  it('that is not text has none', () => expect(textOption(ask, 'public')).toBeUndefined());

  it('is a flag if it is true', () => {
    expect(flagOption(add, 'silent')).toBe(true);
    expect(flagOption(add, 'loud')).toBe(false);
    expect(flagOption(add, 'topic')).toBe(false);
    expect(flagOption(add, 'other')).toBe(false);
  });

  it('may be an id; anything else in its place is an error', () => {
    const chosen = commandInteraction('faq', { member: '77', other: '7/7' });
    expect(idOption(chosen, 'member')).toBe('77');
    expect(idOption(chosen, 'channel')).toBeUndefined();
    expect(() => idOption(chosen, 'other')).toThrow(new TypeError('the option other is not an id'));
  });

  it('is focused while it is typed', () => {
    expect(focusedOption(autocompleteInteraction('faq-pin add', ['topic', 'do']))).toEqual({
      name: 'topic',
      text: 'do',
    });
    expect(focusedOption(add)).toBeUndefined();
    const options = [
      { type: Type.String as const, name: 'a', value: 'x', focused: false },
      { type: Type.Integer as const, name: 'b', value: 5, focused: true },
    ];
    expect(focusedOption({ data: { options } })).toEqual({ name: 'b', text: '5' });
    const untyped = [
      Object.assign({ type: Type.String as const, name: 'c', value: '' }, { focused: true, value: undefined }),
    ];
    expect(focusedOption(JSON.parse(JSON.stringify({ data: { options: untyped } })))).toEqual({ name: 'c', text: '' });
  });
});

describe('a message', () => {
  it.each([
    ['that is ephemeral', { message: { id: '1', flags: 64 } }, true],
    ['that is ephemeral, with other flags', { message: { id: '1', flags: 64 | 4 } }, true],
    ['that is public', { message: { id: '1', flags: 4 } }, false],
    ['without flags', { message: { id: '1' } }, false],
    ['in a direct message', { message: { id: '1', flags: 0 }, guildId: null }, true],
  ])('%s is recognized by its flags', (_, context, expected) =>
    expect(isPrivateMessage(componentInteraction('x', context))).toBe(expected),
  );

  it('that does not exist is not private in a server', () => expect(isPrivateMessage(ask)).toBe(false));
});

describe('an interaction', () => {
  it('names its channel in one of two fields', () => {
    expect(channelIdOf(altered(ask, { channel_id: '1', channel: { id: '2' } }))).toBe('1');
    expect(channelIdOf(altered(ask, { channel_id: undefined, channel: { id: '2' } }))).toBe('2');
    expect(channelIdOf(altered(ask, { channel_id: undefined, channel: undefined }))).toBe('');
  });

  it('names the person in a server and in a direct message', () => {
    expect(userIdOf(ask)).toBe(USER_ID);
    expect(userIdOf(commandInteraction('ask', {}, { guildId: null, userId: '5' }))).toBe('5');
    expect(userIdOf(altered(ask, { member: undefined, user: undefined }))).toBeUndefined();
    expect(userIdOf(altered(ask, { user: { id: '6' } }))).toBe(USER_ID);
  });

  it('may have a locale', () => {
    expect(localeOf(commandInteraction('ask', {}, { locale: 'fr' }))).toBe('fr');
    expect(localeOf(altered(ask, { locale: 5 }))).toBe('');
    const { locale: _, ...without } = ask;
    // As a ping, which has no locale.
    expect(localeOf(without as APIInteraction)).toBe('');
  });
});
