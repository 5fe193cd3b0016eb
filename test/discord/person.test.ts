// "Ask a person": the form, the question to the helpers, their answer, and the limits of both.
import { ChannelType, InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, Refusal } from '../../src/discord/answer.ts';
import type { ModalInteraction } from '../../src/discord/command.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { createPersonComponents } from '../../src/discord/person.ts';
import { writePersonId } from '../../src/discord/person-id.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { MAX_TEXT } from '../../src/discord/views/person.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { openQuestionsOf } from '../../src/servers/open-questions.ts';
import { NO_SETTINGS, type Settings } from '../../src/servers/settings.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { messageOf, modalOf } from '../commands/world.ts';
import { componentInteraction, type InteractionContext, MESSAGE_ID, modalInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { openInMemory } from '../replies/stores.ts';
import { sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { altered, content, edition, LEVEL, recordingLog } from './parts.ts';
import { createGate, type Respond, refusal, type StubResponse, settle, stubRest } from './rest-stub.ts';

const en = messagesFor('en');
const { support } = edition.subject;
const HELPERS = '6';
const ROLE = '31';
const WHERE = '900000000000000002';
const MODERATOR = String(PermissionFlagsBits.ManageMessages);
/** What a member may do in a channel, and in a thread, to ask there. */
const SENDING = String(PermissionFlagsBits.SendMessages);
const SENDING_IN_THREADS = String(PermissionFlagsBits.SendMessagesInThreads);
const databaseClock = createVirtualClock(Date.UTC(2026, 10, 26));
const { store } = await openInMemory(sqlite, databaseClock);

const CHANNEL = { id: WHERE, type: ChannelType.GuildText };
const THREAD = { id: '5', type: ChannelType.PublicThread };
/** A public answer of the bot; and one that replies to a message. */
const PUBLIC = { id: MESSAGE_ID, channel_id: WHERE, flags: 0, embeds: [{ title: 'The front door' }] };
const REPLYING = { ...PUBLIC, message_reference: { message_id: '77', channel_id: WHERE } };
/** Answers whoever reads a message. */
const answerWith =
  (body: object): Respond =>
  ({ method }) =>
    method === 'GET' ? { body } : undefined;

let guildId = newId();
afterEach(() => {
  guildId = newId();
});

const button = (customId: string) => [{ type: 1, components: [{ type: 2, custom_id: customId }] }];

interface Options {
  readonly respond?: Respond;
  readonly on?: Store;
  readonly settings?: Partial<Settings>;
  /** The settings can't be read. */
  readonly isDown?: boolean;
}

function open({ respond, on = store, settings, isDown = false }: Options = {}) {
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  let posts = 0;
  /** The messages that the bot has posted, by path, as they are after its edits. */
  const posted = new Map<string, object>();
  const stub = stubRest(async (request) => {
    const given = await respond?.(request);
    if (given) return given;
    const { method, path, body } = request;
    if (method === 'GET') return posted.has(path) ? { body: posted.get(path) } : refusal(404, 10_008);
    const id = method === 'POST' ? String(8000 + ++posts) : path.split('/').at(-1);
    const message = { ...posted.get(path), ...(body as object), id };
    posted.set(method === 'POST' ? `${path}/${id}` : path, message);
    return { body: message };
  });
  const all = { ...NO_SETTINGS, helpersChannel: HELPERS, helperRoles: [ROLE], ...settings };
  const failing = () => Promise.reject(new StoreError('unavailable', 'down'));
  const settingsCache = {
    peek: () => (isDown ? undefined : all),
    settingsOf: isDown ? failing : async () => all,
  };
  const replyCache = { peek: () => [], repliesOf: async () => [] };
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  const handler = createPersonComponents({ contexts, store: on, rest: stub.rest, log, clock });
  const press = async (customId: string, more: InteractionContext = {}): Promise<Answer> =>
    (await handler.onComponent?.(componentInteraction(customId, { guildId, permissions: SENDING, ...more }))) ??
    expect.fail('no answer');
  const submit = async (interaction: ModalInteraction): Promise<Answer> =>
    (await handler.onModal?.(interaction)) ?? expect.fail('no answer');
  const asking = (question: string, more: InteractionContext = {}) =>
    modalInteraction('h1:send', { question }, { guildId, permissions: SENDING, ...more });
  /** A person's question, to the end. */
  const ask = async (userId = newId(), question = 'Who has the key?') =>
    messageOf(submit(asking(question, { userId })));
  /** The question in the helpers' channel. */
  const asked = (userId: string) => ({
    id: '8001',
    flags: 0,
    embeds: [],
    content: [en.person.post(userId, WHERE, 'Who has the key?'), `-# ${en.person.postHint}`].join('\n'),
    components: button(`h1:answered:${userId}:${WHERE}`),
  });
  const answering = (userId: string, answer: string, more: InteractionContext = {}) =>
    modalInteraction(
      `h1:answer:${userId}:${WHERE}`,
      { answer },
      {
        guildId,
        channel: { id: HELPERS, type: 0 },
        permissions: MODERATOR,
        message: asked(userId),
        ...more,
      },
    );
  const sent = () => stub.requests.filter(({ method }) => method === 'POST');
  /** The bodies of what was posted. */
  const bodies = () => sent().map(({ body }) => body as { content: string; [field: string]: unknown });
  return { ...stub, clock, logged, handler, press, submit, asking, ask, answering, asked, sent, bodies };
}

describe('the button Ask a person', () => {
  it('opens a form that holds the question', async () => {
    const { press } = open();
    const message = { id: MESSAGE_ID, flags: 64, embeds: [{ author: { name: 'Who has the key?' }, title: 'Unknown' }] };
    const { customId, title, inputs } = await modalOf(press('h1:ask', { message }));
    expect([customId, title]).toEqual(['h1:send', en.person.title]);
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
    const gate = createGate();
    const { submit, asking, requests } = open({
      respond: async () => {
        await gate.opened;
        return undefined;
      },
    });
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
    gate.open();
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
    const { submit, asking, requests } = open();
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
    const { ask, logged } = open({ respond: () => (isDown ? refusal(403, 50_001) : undefined) });
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

describe('the limit of one open question a person', () => {
  it('refuses a second one with a link to the first, in this server, for a day', async () => {
    const { ask, press, submit, asking, clock } = open();
    await ask('20');
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8001' });
    const stillOpen = new Refusal(en.person.open(url));
    await expect(press('h1:ask', { userId: '20' })).rejects.toThrow(stillOpen);
    await expect(ask('20')).rejects.toThrow(stillOpen);
    await ask('21');
    await messageOf(submit(asking('Who?', { userId: '20', guildId: newId() })));
    await clock.advance(86_399_999);
    await expect(ask('20')).rejects.toThrow(stillOpen);
    await clock.advance(1);
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
  });

  it('ends when the question is answered', async () => {
    const { ask, submit, answering, lines } = open();
    await ask('20');
    await messageOf(submit(answering('20', 'Ann')));
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
    expect(lines().filter((line) => line.startsWith('GET'))).toEqual([]);
  });

  it('stays if an older question is answered', async () => {
    const { ask, submit, answering, clock } = open();
    await ask('20');
    await clock.advance(86_400_000);
    await ask('20');
    await messageOf(submit(answering('20', 'Ann')));
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8002' });
    await expect(ask('20')).rejects.toThrow(new Refusal(en.person.open(url)));
  });

  it('ends ten minutes after they have answered it themselves', async () => {
    const { ask, press, submit, answering, clock, requests } = open();
    await ask('20');
    await messageOf(submit(answering('20', 'I have it', { userId: '20', permissions: SENDING })));
    const before = requests.length;
    const recent = new Refusal(en.person.recent);
    await expect(press('h1:ask', { userId: '20' })).rejects.toThrow(recent);
    await expect(ask('20')).rejects.toThrow(recent);
    await clock.advance(599_999);
    await expect(ask('20')).rejects.toThrow(recent);
    expect(requests).toHaveLength(before);
    await clock.advance(1);
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
  });

  it('ends for moderators, too, ten minutes after they have answered their own question', async () => {
    const { ask, submit, answering, clock } = open();
    await ask('20');
    await messageOf(submit(answering('20', 'I have it', { userId: '20' })));
    await expect(ask('20')).rejects.toThrow(new Refusal(en.person.recent));
    expect((await ask('21')).content).toBe(en.person.sent(WHERE));
    await clock.advance(600_000);
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
  });

  it.each<[string, StubResponse]>([
    ['was deleted', refusal(404, 10_008)],
    ['was deleted with its channel', refusal(404, 10_003)],
    ['has no button any more', { body: { id: '8001', components: [] } }],
    ['has no list of buttons any more', { body: { id: '8001' } }],
  ])('ends if the post of the question %s', async (_, response) => {
    const { ask, press, lines } = open({ respond: ({ method }) => (method === 'GET' ? response : undefined) });
    await ask('20');
    await modalOf(press('h1:ask', { userId: '20' }));
    // It is not looked at again.
    expect((await ask('20')).content).toBe(en.person.sent(WHERE));
    expect(lines()).toEqual([
      `POST /channels/${HELPERS}/messages`,
      `GET /channels/${HELPERS}/messages/8001`,
      `POST /channels/${HELPERS}/messages`,
    ]);
  });

  it.each<[string, StubResponse]>([
    ['Discord fails', refusal(500)],
    ['the bot may not see the channel', refusal(403, 50_001)],
  ])('stays if the post can’t be looked up because %s', async (_, refused) => {
    const { ask, lines } = open({ respond: ({ method }) => (method === 'GET' ? refused : undefined) });
    await ask('20');
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8001' });
    await expect(ask('20')).rejects.toThrow(new Refusal(en.person.open(url)));
    expect(lines().slice(1)).toEqual([`GET /channels/${HELPERS}/messages/8001`]);
  });

  it('stays if the post can’t be looked up within 1.2 seconds', async () => {
    const { ask, press, clock } = open({
      respond: ({ method }) => (method === 'GET' ? new Promise(() => undefined) : undefined),
    });
    await ask('20');
    let refused: unknown;
    void press('h1:ask', { userId: '20' }).catch((error: unknown) => {
      refused = error;
    });
    await settle();
    await clock.advance(1199);
    await settle();
    expect(refused).toBeUndefined();
    await clock.advance(1);
    await settle();
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8001' });
    expect(refused).toEqual(new Refusal(en.person.open(url)));
  });

  it('lets one of two forms pass that are sent while the post of an earlier question is looked up', async () => {
    const gate = createGate();
    const { ask, sent } = open({
      respond: async ({ method }) => {
        if (method !== 'GET') return undefined;
        await gate.opened;
        return refusal(404, 10_008);
      },
    });
    await ask('20');
    const asking = Promise.allSettled([ask('20'), ask('20')]);
    await settle();
    gate.open();
    const [first, second] = await asking;
    expect(first).toMatchObject({ status: 'fulfilled', value: { content: en.person.sent(WHERE) } });
    expect(second).toMatchObject({ status: 'rejected', reason: new Refusal(en.person.sending) });
    expect(sent()).toHaveLength(2);
  });
});

describe('the limit of ten questions an hour in a server', () => {
  it('refuses the eleventh before and after the form, until an hour has passed', async () => {
    const { ask, press, submit, asking, clock } = open();
    const full = new Refusal(en.person.full(support));
    for (let i = 0; i < 10; i++) expect((await ask()).content).toBe(en.person.sent(WHERE));
    await expect(ask()).rejects.toThrow(full);
    await expect(press('h1:ask', { userId: newId() })).rejects.toThrow(full);
    await messageOf(submit(asking('Who?', { userId: newId(), guildId: newId() })));
    await clock.advance(3_599_999);
    await expect(ask()).rejects.toThrow(full);
    await clock.advance(1);
    for (let i = 0; i < 10; i++) expect((await ask()).content).toBe(en.person.sent(WHERE));
    await expect(ask()).rejects.toThrow(full);
  });

  it('lets one of two pass that are sent together when nine were asked', async () => {
    const { ask, sent } = open();
    for (let i = 0; i < 9; i++) await ask();
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: new Refusal(en.person.full(support)) });
    expect(sent()).toHaveLength(10);
  });

  it('does not count forms that were only opened', async () => {
    const { ask, press } = open();
    for (let i = 0; i < 20; i++) await press('h1:ask', { userId: newId() });
    expect((await ask()).content).toBe(en.person.sent(WHERE));
  });
});

describe('the role of helpers', () => {
  it('is mentioned once in ten minutes', async () => {
    const { ask, clock, bodies } = open();
    await ask();
    await ask();
    await clock.advance(599_999);
    await ask();
    await clock.advance(1);
    await ask();
    expect(bodies().map(({ allowed_mentions }) => allowed_mentions)).toEqual([
      { parse: [], roles: [ROLE] },
      { parse: [] },
      { parse: [] },
      { parse: [], roles: [ROLE] },
    ]);
    expect(bodies().map(({ content: text }) => text.includes('<@&'))).toEqual([true, false, false, true]);
  });

  it('is the first of several; without one nobody is notified', async () => {
    const several = open({ settings: { helperRoles: ['33', ROLE] } });
    await several.ask();
    const none = open({ settings: { helperRoles: [] } });
    await none.ask();
    expect([several.bodies()[0]?.allowed_mentions, none.bodies()[0]?.allowed_mentions]).toEqual([
      { parse: [], roles: ['33'] },
      { parse: [] },
    ]);
  });
});

describe('Answered', () => {
  const pressing = (userId: string, by: string, permissions = '0') => ({
    customId: `h1:answered:${userId}:${WHERE}`,
    more: { userId: by, permissions, channel: { id: HELPERS, type: 0 } },
  });

  it.each([
    ['moderators', '21', MODERATOR],
    ['who asked', '20', '0'],
  ])('opens a form for %s', async (_, by, permissions) => {
    const { customId, more } = pressing('20', by, permissions);
    const form = await modalOf(open().press(customId, more));
    expect(form).toMatchObject({ customId: `h1:answer:20:${WHERE}`, title: en.person.answerTitle });
    expect(form.inputs.answer).toMatchObject({ max_length: MAX_TEXT, required: true, style: 2 });
  });

  it('opens a form for helpers, and may be sent by them', async () => {
    const { handler, submit, answering, bodies } = open();
    const { customId, more } = pressing('20', '21');
    const pressed = componentInteraction(customId, { guildId, ...more });
    const asHelper = altered(pressed, { member: { ...pressed.member, roles: [ROLE] } });
    await modalOf((await handler.onComponent?.(asHelper)) ?? expect.fail('no answer'));
    const sent = answering('20', 'See https://example.org', { userId: '21', permissions: '0' });
    await messageOf(submit(altered(sent, { member: { ...sent.member, roles: [ROLE] } })));
    expect(bodies()[0]?.content).toContain('<https://example.org>');
  });

  it('is refused to others, before and after the form', async () => {
    const { press, submit, answering, requests } = open();
    const { customId, more } = pressing('20', '21');
    const notYours = new Refusal(en.person.notYours);
    await expect(press(customId, more)).rejects.toThrow(notYours);
    await expect(submit(answering('20', 'x', { userId: '21', permissions: '0' }))).rejects.toThrow(notYours);
    expect(requests).toEqual([]);
  });

  it('is refused with another reason while it can’t be known who is a helper', async () => {
    const { press, clock } = open({ isDown: true });
    const { customId, more } = pressing('20', '21');
    const pressed = press(customId, more).catch((error: unknown) => error);
    await settle();
    await clock.advance(250);
    expect(await pressed).toEqual(new Refusal(en.error.store.unavailable));
  });

  it('posts the answer where it was asked, notifies who asked, and closes the question', async () => {
    const { ask, submit, answering, requests, asked } = open();
    await ask('20');
    requests.length = 0;
    const interaction = answering('20', 'Ann *has* it', { userId: '21' });
    const shown = await messageOf(submit(interaction));
    expect(requests).toHaveLength(2);
    const [posted, edited] = requests;
    expect(posted).toMatchObject({ method: 'POST', path: `/channels/${WHERE}/messages` });
    expect(posted?.body).toMatchObject({
      content: en.person.reply('20', '21', 'Ann \\*has\\* it'),
      allowed_mentions: { parse: [], users: ['20'] },
      nonce: interaction.id,
      enforce_nonce: true,
    });
    expect(edited).toMatchObject({ method: 'PATCH', path: `/channels/${HELPERS}/messages/8001` });
    expect(edited?.body).toMatchObject({
      content: `${asked('20').content.split('\n-# ')[0]}\n${en.person.closed('21')}`,
      components: [],
      allowed_mentions: { parse: [] },
    });
    const url = messageUrl({ guildId, channelId: WHERE, messageId: '8002' });
    expect(shown.content).toBe(en.person.posted(url));
    expect(await openQuestionsOf(store, guildId)).toEqual([]);
  });

  it('by who asked says so, and makes no links of their words', async () => {
    const { submit, answering, bodies } = open();
    const own = answering('20', 'See https://example.org', { userId: '20', permissions: '0' });
    await messageOf(submit(own));
    expect(bodies()[0]?.content).toBe(en.person.replySelf('20', 'See https\\://example.org'));
  });

  it('without words posts nothing', async () => {
    const { submit, answering, requests } = open();
    await expect(submit(answering('20', ' \u200b'))).rejects.toThrow(new Refusal(en.person.answerBlank));
    expect(requests).toEqual([]);
  });

  it('changes nothing if Discord refuses the answer', async () => {
    let isClosed = false;
    const { ask, submit, answering, lines, logged } = open({
      respond: () => (isClosed ? refusal(400, 50_083) : undefined),
    });
    await ask('20');
    isClosed = true;
    await expect(messageOf(submit(answering('20', 'SECRET *words*')))).rejects.toThrow(
      new Refusal(`${en.person.notPosted(WHERE)}\n> SECRET \\*words\\*`),
    );
    expect(lines().some((line) => line.startsWith('PATCH'))).toBe(false);
    expect(await openQuestionsOf(store, guildId)).toHaveLength(1);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, reason: 'archived', guild: guildId });
    expect(JSON.stringify(logged)).not.toContain('SECRET');
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8001' });
    await expect(ask('20')).rejects.toThrow(new Refusal(en.person.open(url)));
  });

  it('is said to be posted even if the question can’t be closed', async () => {
    const { submit, answering, logged } = open({
      respond: ({ method }) => (method === 'PATCH' ? refusal(404, 10_008) : undefined),
    });
    expect((await messageOf(submit(answering('20', 'Ann')))).content).toContain('discord.com/channels');
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, msg: 'answered question not closed' });
  });

  it.each<[string, object | undefined]>([
    ['has no button any more', { components: [] }],
    ['has no list of buttons', { components: undefined }],
    ['has the button of another question', { components: button('h1:answered:21:900000000000000002') }],
    ['has the button of a question in another channel', { components: button('h1:answered:20:900000000000000099') }],
    ['has another button', { components: button('h1:ask') }],
    ['is missing', undefined],
  ])('posts nothing if the message of the question %s, and gives the words back', async (_, change) => {
    const { submit, answering, asked, requests } = open();
    const interaction = altered(answering('20', 'Ann *has* it'), {
      message: change ? altered(asked('20'), change) : undefined,
    });
    await expect(submit(interaction)).rejects.toThrow(new Refusal(`${en.person.closedAlready}\n> Ann \\*has\\* it`));
    expect(requests).toEqual([]);
  });
});

it('refuses a form that it never opened', async () => {
  const { submit, handler } = open();
  await expect(submit(modalInteraction('h1:new', {}, { guildId }))).rejects.toThrow(TypeError);
  expect(['h1:ask', 'h1:new', 'w1:p:abc'].map(handler.matches)).toEqual([true, true, false]);
});
