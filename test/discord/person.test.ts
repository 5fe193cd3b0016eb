// "Ask a person": the button, the form, and the question to the helpers.
import { ChannelType, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/discord/answer.ts';
import { writePersonId } from '../../src/discord/person-id.ts';
import { MAX_TEXT } from '../../src/discord/views/person.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { openQuestionsOf } from '../../src/servers/open-questions.ts';
import { StoreError } from '../../src/store/errors.ts';
import { messageOf, modalOf } from '../commands/world.ts';
import { MESSAGE_ID, modalInteraction } from '../interactions.ts';
import { edition, LEVEL } from './parts.ts';
import {
  answerWith,
  CHANNEL,
  HELPERS,
  PUBLIC,
  REPLYING,
  ROLE,
  SENDING,
  SENDING_IN_THREADS,
  THREAD,
  usePerson,
  WHERE,
} from './person-world.ts';
import { holding, type Respond, refusal, settle } from './rest-stub.ts';

const en = messagesFor('en');
const { support } = edition.subject;
const { open, store } = await usePerson();

describe('the button Ask a person', () => {
  it('opens a form that holds the question', async () => {
    const { press } = open();
    const message = { id: MESSAGE_ID, flags: 64, embeds: [{ author: { name: 'Who has the key?' }, title: 'Unknown' }] };
    const { customId, title, inputs } = await modalOf(press('h1:ask', { message }));
    expect([customId, title]).toEqual(['h1:send:en', en.person.title]);
    expect(inputs.question).toMatchObject({
      label: en.person.question,
      description: en.person.questionHint,
      value: 'Who has the key?',
      max_length: MAX_TEXT,
      required: true,
      style: 2,
    });
  });

  it('holds the title of the page, if the message shows no question', async () => {
    const message = { id: MESSAGE_ID, flags: 64, embeds: [{ title: 'The front door' }] };
    const { inputs } = await modalOf(open().press('h1:ask', { message }));
    expect(inputs.question?.value).toBe(`${en.person.about('The front door')} `);
  });

  it('holds nothing of a title that is not that of a page', async () => {
    const message = { id: MESSAGE_ID, flags: 64, embeds: [{ title: 'Not a page' }] };
    const { inputs } = await modalOf(open().press('h1:ask', { message }));
    expect(inputs.question).not.toHaveProperty('value');
  });

  it.each([
    ['in the same channel', { message_id: '77' }],
    ['in a channel that is named', { message_id: '77', channel_id: WHERE }],
  ])('under a public answer holds the words of the message %s to which it replies', async (_, message_reference) => {
    const { press, lines } = open({ respond: answerWith({ id: '77', content: '<@999> who has <@!5> the key?' }) });
    const { inputs } = await modalOf(press('h1:ask', { message: { ...PUBLIC, message_reference } }));
    expect(inputs.question?.value).toBe('who has the key?');
    expect(lines()).toEqual([`GET /channels/${WHERE}/messages/77`]);
  });

  it('does not look up that message if the answer shows the question', async () => {
    const { press, requests } = open();
    const message = { ...REPLYING, embeds: [{ author: { name: 'Who?' } }] };
    expect((await modalOf(press('h1:ask', { message }))).inputs.question?.value).toBe('Who?');
    expect(requests).toEqual([]);
  });

  it.each<[string, Respond]>([
    ['was deleted', () => refusal(404, 10_008)],
    ['may not be read', () => refusal(403, 50_001)],
    ['has no words', answerWith({ id: '77', content: '<@999>' })],
  ])('holds the title of the page if that message %s', async (_, respond) => {
    const { inputs } = await modalOf(open({ respond }).press('h1:ask', { message: REPLYING }));
    expect(inputs.question?.value).toBe(`${en.person.about('The front door')} `);
  });

  it('waits 1.2 seconds for that message', async () => {
    const { press, clock } = open({ respond: () => new Promise(() => undefined) });
    let isShown = false;
    const pressed = modalOf(press('h1:ask', { message: REPLYING })).finally(() => {
      isShown = true;
    });
    await settle();
    await clock.advance(1199);
    await settle();
    expect(isShown).toBe(false);
    await clock.advance(1);
    await settle();
    expect(isShown).toBe(true);
    expect((await pressed).inputs.question?.value).toBe(`${en.person.about('The front door')} `);
  });

  it.each([
    ['embeds', { id: MESSAGE_ID, flags: 64, embeds: [] }],
    ['a list of embeds', { id: MESSAGE_ID, flags: 64 }],
  ])('opens an empty form under a message without %s', async (_, message) => {
    const { inputs } = await modalOf(open().press('h1:ask', { message }));
    expect(inputs.question).not.toHaveProperty('value');
  });

  it.each([
    ['the title of the post', { id: '5', type: 11, name: 'Which door?' }, 'Which door?'],
    ['nothing without a title', { id: '5', type: 11 }, undefined],
    ['nothing with a title that is not text', { id: '5', type: 11, name: null }, undefined],
  ])('under an answer in a forum holds %s', async (_, channel, value) => {
    const { inputs } = await modalOf(open().press('h1:askPost', { channel, permissions: SENDING_IN_THREADS }));
    expect(inputs.question?.value).toBe(value);
  });

  it('under a sample of an answer in a forum opens no form', async () => {
    const { press, requests } = open();
    const pressed = press('h1:askPost', { message: { id: MESSAGE_ID, flags: MessageFlags.Ephemeral, embeds: [] } });
    expect((await messageOf(pressed)).content).toBe(en.setup.sampleOnly);
    expect(requests).toEqual([]);
  });

  it.each([
    ['no channel is set', { settings: { helpersChannel: undefined } }, en.person.off(support)],
    ['the settings can’t be read', { isDown: true }, en.error.store.unavailable],
  ])('is refused if %s', async (_, options, sentence) => {
    const { press, clock } = open(options);
    const pressed = press('h1:ask').catch((error: unknown) => error);
    await settle();
    await clock.advance(250);
    expect(await pressed).toEqual(new Refusal(sentence));
  });

  it.each([
    ['the person may not send there', CHANNEL, '0', SENDING],
    ['the person may send in threads only', CHANNEL, SENDING_IN_THREADS, SENDING],
    ['the bot may not send there', CHANNEL, SENDING, '0'],
    ['the bot may send in threads only', CHANNEL, SENDING, SENDING_IN_THREADS],
    ['the person may not send in threads', THREAD, SENDING, SENDING_IN_THREADS],
    ['the bot may not send in threads', THREAD, SENDING_IN_THREADS, SENDING],
  ])('is refused if %s, and so is the form', async (_, channel, permissions, appPermissions) => {
    const { press, submit, asking, requests } = open();
    const more = { channel, permissions, appPermissions };
    const noSending = new Refusal(en.person.noSending(channel.id));
    await expect(press('h1:ask', more)).rejects.toThrow(noSending);
    await expect(press('h1:askPost', more)).rejects.toThrow(noSending);
    await expect(submit(asking('Who?', more))).rejects.toThrow(noSending);
    expect(requests).toEqual([]);
  });

  it.each([
    ['a channel', CHANNEL, SENDING],
    ['a thread', THREAD, SENDING_IN_THREADS],
    ['a private thread', { ...THREAD, type: ChannelType.PrivateThread }, SENDING_IN_THREADS],
    ['a thread of announcements', { ...THREAD, type: ChannelType.AnnouncementThread }, SENDING_IN_THREADS],
  ])('needs no more in %s than to send there, and so does the form', async (_, channel, permissions) => {
    const { press, submit, asking, bodies } = open();
    const more = { channel, permissions, appPermissions: permissions, userId: '20' };
    await modalOf(press('h1:ask', more));
    expect((await messageOf(submit(asking('Who?', more)))).content).toBe(en.person.sent(channel.id));
    expect(bodies()[0]?.content).toContain(en.person.post('20', channel.id, 'Who?'));
  });

  it('is refused in direct messages', async () => {
    await expect(open().press('h1:ask', { guildId: null })).rejects.toThrow(new Refusal(en.person.off(support)));
  });

  it.each(['h1:', 'h1:new', 'h1:answered:x:1', 'h1:send', 'h1:answer:1:2'])(
    'of another version gets an answer that says so: %s',
    async (customId) => {
      const { press, requests } = open();
      expect((await messageOf(press(customId))).content).not.toBe('');
      expect(requests).toEqual([]);
    },
  );
});

describe('a question', () => {
  it('is posted to the helpers, and only then the person reads that it was', async () => {
    const held = holding(() => true);
    const { guildId, submit, asking, requests } = open({ respond: held.respond });
    const interaction = asking('Who has\nthe *key*?', { userId: '20' });
    const answer = await submit(interaction);
    expect(answer.response).toEqual({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    });
    expect(requests).toEqual([]);
    let isTold = false;
    const told = messageOf(answer).then((shown) => {
      isTold = true;
      return shown;
    });
    await settle();
    expect([requests.length, isTold]).toEqual([1, false]);
    held.open();
    expect((await told).content).toBe(en.person.sent(WHERE));
    expect(requests[0]).toMatchObject({ method: 'POST', path: `/channels/${HELPERS}/messages` });
    expect(requests[0]?.body).toMatchObject({
      content: `<@&${ROLE}>\n${en.person.post('20', WHERE, 'Who has the \\*key\\*?')}\n-# ${en.person.postHint}`,
      allowed_mentions: { parse: [], roles: [ROLE] },
      nonce: interaction.id,
      enforce_nonce: true,
    });
    expect(JSON.stringify(requests[0]?.body)).toContain(
      writePersonId({ action: 'answered', userId: '20', channelId: WHERE }),
    );
    expect(await openQuestionsOf(store, guildId)).toMatchObject([{ guildId, channelId: HELPERS, messageId: '8001' }]);
  });

  it('of blanks and invisible characters is not sent', async () => {
    const { guildId, submit, asking, requests } = open();
    for (const text of ['', '  \n', '\u200b\u3164'])
      await expect(submit(asking(text))).rejects.toThrow(new Refusal(en.person.blank));
    await expect(submit(modalInteraction('h1:send', {}, { guildId }))).rejects.toThrow(new Refusal(en.person.blank));
    expect(requests).toEqual([]);
  });

  it('needs a channel also when the form is sent', async () => {
    const { submit, asking } = open({ settings: { helpersChannel: undefined } });
    await expect(submit(asking('x'))).rejects.toThrow(new Refusal(en.person.off(support)));
  });

  it('that Discord refuses is said to have failed, and may be asked again', async () => {
    let isDown = true;
    const { guildId, ask, logged } = open({ respond: () => (isDown ? refusal(403, 50_001) : undefined) });
    await expect(ask('20', 'SECRET words')).rejects.toThrow(new Refusal(en.person.failed(support)));
    expect(await openQuestionsOf(store, guildId)).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, reason: 'access', guild: guildId });
    expect(JSON.stringify(logged)).not.toContain('SECRET');
    isDown = false;
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
  });

  it('is sent even if it can’t be recorded', async () => {
    const down = () => Promise.reject(new StoreError('unavailable', 'down'));
    const { ask, logged } = open({ on: { ...store, run: down } });
    expect((await ask()).content).toBe(en.person.sent(WHERE));
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, msg: 'open question not recorded' });
  });

  it('is posted once by a double click', async () => {
    const { ask, requests } = open();
    const answers = await Promise.allSettled([ask('20'), ask('20')]);
    expect(answers).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: new Refusal(en.person.sending) },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('is not sent, and can be asked again, if Discord has not taken the first answer to the form', async () => {
    const { submit, asking, ask, sent } = open();
    const { later } = await submit(asking('Who has the key?', { userId: '20' }));
    expect(later).toBeDefined();
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
    expect(sent()).toHaveLength(1);
  });
});

it('refuses a form that it never opened', async () => {
  const { guildId, submit, handler } = open();
  await expect(submit(modalInteraction('h1:new', {}, { guildId }))).rejects.toThrow(TypeError);
  expect(['h1:ask', 'h1:new', 'w1:p:abc'].map(handler.matches)).toEqual([true, true, false]);
});
