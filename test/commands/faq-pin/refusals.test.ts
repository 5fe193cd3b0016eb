// What /faq-pin says for each refusal of Discord, and what it logs.
import { DiscordAPIError } from 'discord.js';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { whyNotPinned, whyNotRemoved } from '../../../commands/faq-pin/refusals.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { LeftBehindError } from '../../../src/discord/pinning.ts';
import { en } from '../../../src/i18n/en.ts';

const { pin } = en;
const logged: { msg: string; code?: number }[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
const refused = (code: number, method = 'POST') =>
  new DiscordAPIError({ code, message: 'No' }, code, 403, method, 'https://discord.com', {});

function pinning(error: unknown, type: number | undefined = 0): Refusal {
  logged.length = 0;
  return whyNotPinned(error, { id: '5', type, guildId: '6' }, en, log);
}

it.each([
  ['the channel has 250 pins', 30_003, pin.full('5')],
  ['the thread is archived', 50_083, pin.archived('5')],
  ['the thread is locked', 160_005, pin.archived('5')],
  ['the channel is hidden', 50_001, pin.notThere('5')],
  ['the channel is deleted', 10_003, pin.notThere('5')],
  ['AutoMod blocks the text', 200_000, pin.blocked],
  ['the message was deleted meanwhile', 10_008, pin.failed],
])('says why nothing was pinned if %s, and logs nothing', (_, code, sentence) => {
  expect(pinning(refused(code))).toEqual(new Refusal(sentence));
  expect(logged).toEqual([]);
});

it.each([
  ['the post in a channel', 'POST', 0, '**Send Messages**, **Embed Links**'],
  ['the post in a thread', 'POST', 11, '**Send Messages in Threads**, **Embed Links**'],
  ['the pin', 'PUT', 11, '**Pin Messages**'],
])('names the permissions that %s needs', (_, method, type, names) => {
  expect(pinning(refused(50_013, method), type)).toEqual(new Refusal(pin.botLacks(names, '5')));
});

it('logs a reason that it does not know', () => {
  expect(pinning(refused(40_058))).toEqual(new Refusal(pin.failed));
  expect(logged).toMatchObject([{ msg: 'topic not pinned', code: 40_058 }]);
  expect(pinning(new Error('connection lost'))).toEqual(new Refusal(pin.failed));
  expect(logged).toMatchObject([{ msg: 'topic not pinned', err: { message: 'connection lost' } }]);
});

it('links a message that was left behind, and logs it', () => {
  const url = 'https://discord.com/channels/6/5/7';
  expect(pinning(new LeftBehindError('7', refused(50_013)))).toEqual(new Refusal(pin.leftBehind(url)));
  expect(logged).toMatchObject([{ msg: 'unpinned message not deleted', err: { type: 'LeftBehindError' } }]);
});

it.each([
  ['a permission is missing', 50_013, pin.kept.permission('5')],
  ['the channel is hidden', 50_001, pin.kept.access('5')],
  ['the thread is archived', 50_083, pin.kept.archived('5')],
])('says why nothing was removed if %s', (_, code, sentence) => {
  logged.length = 0;
  expect(whyNotRemoved(refused(code, 'DELETE'), '5', en, log)).toEqual(new Refusal(sentence));
  expect(logged).toEqual([]);
});

it('logs an unknown reason why nothing was removed', () => {
  logged.length = 0;
  expect(whyNotRemoved(refused(40_058, 'DELETE'), '5', en, log)).toEqual(new Refusal(pin.kept.failed));
  expect(logged).toMatchObject([{ msg: 'pinned message not deleted', code: 40_058, err: { type: 'DiscordAPIError' } }]);
});
