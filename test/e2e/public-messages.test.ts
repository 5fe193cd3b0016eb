// Clicks never change public messages, whatever button is pressed.

import type { Message } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeEditId } from '../../commands/faq-edit/ids.ts';
import { ACTIONS } from '../../src/discord/custom-id.ts';
import { CANCEL } from '../../src/discord/views/buttons.ts';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { useWorld, write } from './world.ts';

const edition = await shippedEdition();
const PAGE = edition.pages.get('close-account#money') ?? expect.fail('a page');
let topic: string;
const world = useWorld();
beforeAll(async () => {
  topic = await write(world.moderator, 'Zebra stripes', 'Stripes are fine.');
});

const seen = (message: Message | null) => JSON.stringify([message?.content, message?.embeds, message?.components]);

describe('a button on a public message', () => {
  const ids = () => [
    CANCEL,
    ...Object.values(ACTIONS).map((letter) => `w1:${letter}:${PAGE.code}${PAGE.code}`),
    `w1:q:~${PAGE.code}~`,
    `w1:z:~${PAGE.code}~`,
    `w1:t:~${PAGE.code}~${topic.slice(2)}`,
    writeEditId({ action: 'history', number: 9, topic }),
    writeEditId({ action: 'import', number: 1, topic: '' }),
    writeEditId({ action: 'remove', number: 99, topic }),
    writeEditId({ action: 'remove', number: 1, topic }),
    'n1:list:0',
    'i1:write:x',
    'an unknown button',
  ];

  it('never changes it, and is answered privately', async () => {
    const { message } = await world.member.slash('faq', { topic });
    const before = seen(message);
    for (const id of ids()) {
      const answer = await world.moderator.pressId(message, id);
      expect([id, seen(message)]).toEqual([id, before]);
      expect([id, answer.message?.flags]).toEqual([id, 64]);
      expect(answer.message?.id).not.toBe(message?.id);
    }
    expect(world.discord.refusals.filter(({ route }) => !route.includes('/messages/'))).toEqual([]);
  });

  it('still changes a private message in place', async () => {
    const { message } = await world.moderator.slash('help');
    expect((await world.moderator.pressId(message, CANCEL)).message).toBe(message);
    expect(message?.content).toBe(en.confirm.cancelled);
    expect((await world.moderator.pressId(message, 'n1:list:0')).message).toBe(message);
    expect(message?.content).toBe(world.messages.pin.none);
  });

  it('changes a direct message in place', async () => {
    const person = world.discord.person(world.member.user, world.discord.dmOf(world.member.user));
    const { message } = await person.slash('close-account', { share: true });
    expect((await person.pressId(message, CANCEL)).message).toBe(message);
  });
});
