// "Ask a person": the answer of the helpers.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/discord/answer.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { MAX_TEXT } from '../../src/discord/views/person.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { openQuestionsOf } from '../../src/servers/open-questions.ts';
import { messageOf, modalOf } from '../commands/world.ts';
import { componentInteraction } from '../interactions.ts';
import { altered, LEVEL } from './parts.ts';
import { button, HELPERS, MODERATOR, ROLE, usePerson, WHERE } from './person-world.ts';
import { refusal, settle } from './rest-stub.ts';

const en = messagesFor('en');
const { open, store } = await usePerson();

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
    const { guildId, handler, submit, answering, bodies } = open();
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
    const { guildId, ask, submit, answering, requests, asked } = open();
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
    const { guildId, ask, submit, answering, lines, logged } = open({
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
