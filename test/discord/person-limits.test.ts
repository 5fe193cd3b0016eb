// "Ask a person": how many questions a person and a server may ask, and how often helpers are mentioned.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/discord/answer.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { messageOf, modalOf } from '../commands/world.ts';
import { newId } from '../new-id.ts';
import { edition } from './parts.ts';
import { HELPERS, ROLE, SENDING, usePerson, WHERE } from './person-world.ts';
import { holding, refusal, type StubRequest, type StubResponse, settle } from './rest-stub.ts';

const en = messagesFor('en');
const { support } = edition.subject;
const { open } = await usePerson();

describe('the limit of one open question a person', () => {
  it('refuses a second one with a link to the first, in this server, for a day', async () => {
    const { guildId, ask, press, submit, asking, clock } = open();
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
    const { guildId, ask, submit, answering, clock } = open();
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
    const { guildId, ask, lines } = open({ respond: ({ method }) => (method === 'GET' ? refused : undefined) });
    await ask('20');
    const url = messageUrl({ guildId, channelId: HELPERS, messageId: '8001' });
    await expect(ask('20')).rejects.toThrow(new Refusal(en.person.open(url)));
    expect(lines().slice(1)).toEqual([`GET /channels/${HELPERS}/messages/8001`]);
  });

  it('stays if the post can’t be looked up within 1.2 seconds', async () => {
    const { guildId, ask, press, clock } = open({
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
    const isLookup = ({ method }: StubRequest) => method === 'GET';
    const held = holding(isLookup, (request) => (isLookup(request) ? refusal(404, 10_008) : undefined));
    const { ask, sent } = open({ respond: held.respond });
    await ask('20');
    const asking = Promise.allSettled([ask('20'), ask('20')]);
    await settle();
    held.open();
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
