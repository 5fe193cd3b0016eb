// Messages to the bot: which are questions, what is answered, how often, and when with a reaction.
import { type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { createMessageHandler } from '../../src/discord/messages.ts';
import type { QuestionAnswering, QuestionResult } from '../../src/discord/question-answering.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { renderResultPublicly } from '../../src/discord/views/ask.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { newId } from '../new-id.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import {
  altered,
  content,
  edition,
  front,
  LEVEL,
  recordingLog,
  recordingStats,
  replyOf,
  settingsOfAll,
} from './parts.ts';
import { type Respond, refusal, stubRest } from './rest-stub.ts';

const en = messagesFor('en');
afterEach(() => vi.useRealTimers());

const OWN = '999';
const own = replyOf('r:abcd1234');

/** A message in a server that mentions the bot. */
function message(more: object = {}): GatewayMessageCreateDispatchData {
  const base = {
    id: newId(),
    channel_id: '5',
    guild_id: '7',
    author: { id: newId(), username: 'ann' },
    content: `<@${OWN}> which door`,
    mentions: [{ id: OWN }],
    type: MessageType.Default,
    timestamp: '2026-11-26T10:00:00Z',
    edited_timestamp: null,
    message_snapshots: undefined,
  };
  // It reads no other fields.
  return altered(base as unknown as GatewayMessageCreateDispatchData, more);
}

interface Options {
  readonly respond?: Respond;
  /** What is found for a question; a page if it is undefined. */
  readonly found?: (question: string) => QuestionResult | undefined;
}

function open({ respond, found = () => undefined }: Options = {}) {
  const stub = stubRest(respond);
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const { stats, counts, questions } = recordingStats();
  const guilds: string[] = [];
  const replyCache = {
    peek: (guildId: string) => {
      guilds.push(guildId);
      return [own];
    },
    repliesOf: async () => [own],
  };
  const contexts = new ContextSource(content, { replyCache, settingsCache: settingsOfAll(), log, clock });
  const asked: { question: string; isOwn: boolean }[] = [];
  const answering: QuestionAnswering = {
    async ask(question, asking, topics) {
      asked.push({ question, isOwn: topics.find(own.topic) !== undefined });
      expect(asking).toBe(edition);
      const page: QuestionResult = { kind: 'sure', topics: [topics.find(front.name) ?? expect.fail('it is a topic')] };
      return found(question) ?? page;
    },
    prepare: () => undefined,
  };
  const handle = createMessageHandler({ contexts, answering, stats, rest: stub.rest, log, clock });
  const say = (more: object = {}) => handle(message(more), OWN);
  const texts = () => asked.map(({ question }) => question);
  return { ...stub, clock, logged, counts, questions, guilds, contexts, asked, texts, say };
}

const direct = { guild_id: undefined, mentions: [] };
const declined: QuestionResult = { kind: 'declined', isOtherLanguage: false };
const courtesy: QuestionResult = { kind: 'courtesy' };
const COURTESIES = ['thanks', 'hello'];
/** Some courtesies, and a page for everything else. */
const thanked = (question: string) => (COURTESIES.includes(question) ? courtesy : undefined);
const to = (text: string) => ({ content: `<@${OWN}> ${text}` });
const posted = (channel: string) => `POST /channels/${channel}/messages`;
const reacted = (emoji: string, channel: string, id: string) =>
  `PUT /channels/${channel}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`;

describe('a message that mentions the bot', () => {
  it('is answered in the channel as a reply, and counted', async () => {
    const { say, requests, contexts, asked, counts, guilds, logged } = open();
    await say({ id: '50' });
    const context = await contexts.contextFor({ guild_id: '7' });
    const topics: QuestionResult = { kind: 'sure', topics: [context.topics.find(front.name) ?? expect.fail()] };
    expect(asked).toEqual([{ question: 'which door', isOwn: true }]);
    expect(guilds[0]).toBe('7');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/channels/5/messages' });
    expect(requests[0]?.body).toEqual({
      ...renderResultPublicly(topics, context),
      nonce: '50',
      enforce_nonce: true,
      message_reference: { message_id: '50', channel_id: '5' },
      allowed_mentions: { parse: [], replied_user: true },
    });
    expect(counts).toEqual(['7 asked answered', `7 shown ${front.name}`]);
    expect(logged).toEqual([]);
  });

  it('is stored as a question if there is no answer', async () => {
    const { say, questions, counts } = open({ found: () => declined });
    await say();
    expect([questions, counts]).toEqual([['7 which door'], ['7 asked declined']]);
  });

  it.each([
    [`which <@${OWN}> door`, 'which   door'],
    [`<@!${OWN}> which <@${OWN}>`, 'which'],
    [`<@5> <@${OWN}> which`, '<@5>   which'],
  ])('asks what stands beside the mention: %s', async (text, question) => {
    const { say, texts } = open();
    await say({ content: text });
    expect(texts()).toEqual([question]);
  });

  it('without a question gets an answer that says how to ask', async () => {
    const { say, requests, asked, counts } = open();
    await say({ content: `<@${OWN}> ` });
    expect(requests[0]?.body).toMatchObject({ ...messageBody({ content: en.ask.onlyMine }), allowed_mentions: {} });
    expect([asked, counts]).toEqual([[], []]);
  });
});

describe('a direct message', () => {
  it('needs no mention, and is not counted for a server', async () => {
    const { say, texts, asked, guilds, counts } = open();
    await say({ ...direct, content: ' which door ' });
    expect(texts()).toEqual(['which door']);
    expect(asked[0]?.isOwn).toBe(false);
    expect(guilds).toEqual([]);
    expect(counts[0]).toBe('undefined asked answered');
  });

  it('without text gets an answer that says the bot reads text', async () => {
    const { say, requests, asked } = open();
    await say({ ...direct, content: '' });
    expect(requests[0]?.body).toMatchObject({ content: en.ask.onlyText });
    expect(asked).toEqual([]);
  });
});

describe('a message', () => {
  it.each([
    ['of another bot', { author: { id: '1', bot: true } }],
    ['of Discord itself', { author: { id: '1', system: true } }],
    ['of a webhook', { webhook_id: '1' }],
    ['of Discord in a channel', { type: MessageType.UserJoin }],
    ['that mentions nobody', { content: 'which door', mentions: [] }],
    ['that mentions somebody else', { content: '<@998> which door', mentions: [{ id: '998' }] }],
    ['that mentions the bot in code', { content: `\`<@${OWN}> which door\``, mentions: [] }],
    ['of another bot in direct messages', { ...direct, author: { id: '1', bot: true } }],
  ])('%s is ignored', async (_, more) => {
    const { say, requests, asked } = open();
    await say(more);
    expect([requests, asked]).toEqual([[], []]);
  });

  it('may be a reply', async () => {
    const { say, texts } = open();
    await say({ type: MessageType.Reply });
    expect(texts()).toEqual(['which door']);
  });
});

describe('a reply to a message of the bot', () => {
  const reply = {
    type: MessageType.Reply,
    content: 'which door',
    referenced_message: { id: '40', content: 'The front door', author: { id: OWN, bot: true } },
  };

  it('is a question if it notifies the bot, also without a mention in the text', async () => {
    const { say, texts, requests } = open();
    await say({ ...reply, id: '50' });
    expect(texts()).toEqual(['which door']);
    expect(requests[0]?.body).toMatchObject({ message_reference: { message_id: '50' } });
  });

  it('is ignored if it does not notify the bot', async () => {
    const { say, requests, asked } = open();
    await say({ ...reply, mentions: [] });
    expect([requests, asked]).toEqual([[], []]);
  });
});

describe('a mention alone', () => {
  const mention = `<@${OWN}>`;
  const referenced = { id: '40', content: `${mention} who has the key`, author: { id: '6' } };
  const replyTo = (request: { body: unknown } | undefined) => request?.body;

  it('in a reply asks what the other message says, and answers that one', async () => {
    const { say, texts, requests } = open();
    await say({ id: '50', content: mention, type: MessageType.Reply, referenced_message: referenced });
    expect(texts()).toEqual(['who has the key']);
    expect(replyTo(requests[0])).toMatchObject({ nonce: '50', message_reference: { message_id: '40' } });
  });

  it.each([
    ['of a bot', { ...referenced, author: { id: '6', bot: true } }],
    ['without text', { ...referenced, content: mention }],
    ['that was deleted', null],
  ])('in a reply to a message %s gets an answer that says how to ask', async (_, other) => {
    const { say, texts, requests } = open();
    await say({ id: '50', content: mention, type: MessageType.Reply, referenced_message: other });
    expect(texts()).toEqual([]);
    expect(replyTo(requests[0])).toMatchObject({
      content: en.ask.onlyMine,
      message_reference: { message_id: '50' },
    });
  });

  it('beside a text of its own asks that text', async () => {
    const { say, texts, requests } = open();
    await say({ id: '50', type: MessageType.Reply, referenced_message: referenced });
    expect(texts()).toEqual(['which door']);
    expect(replyTo(requests[0])).toMatchObject({ message_reference: { message_id: '50' } });
  });

  it('with a forwarded message asks what that says', async () => {
    const { say, texts } = open();
    const snapshots = [{ message: { content: ' ' } }, { message: { content: 'who has the key' } }];
    await say({ content: mention, message_snapshots: snapshots });
    await say({ ...direct, content: 'mine', message_snapshots: snapshots });
    expect(texts()).toEqual(['who has the key', 'mine']);
  });
});

describe('an edited message', () => {
  const edited = (minutes: number, seconds = 0) => ({
    edited_timestamp: `2026-11-26T10:${String(minutes).padStart(2, '0')}:0${seconds}Z`,
  });

  it('is answered once', async () => {
    const { say, requests } = open();
    await say({ id: '50' });
    await say({ id: '50', ...edited(1) });
    expect(requests).toHaveLength(1);
  });

  it('is answered if the mention came with the edit, up to ten minutes later', async () => {
    const { say, texts } = open();
    await say({ id: '50', content: 'which door', mentions: [] });
    await say({ id: '50', ...edited(10) });
    await say({ id: '51', ...edited(10, 1) });
    expect(texts()).toEqual(['which door']);
  });

  it('is remembered as long as an edit counts', async () => {
    const { say, clock, requests } = open();
    await say({ id: '50' });
    await clock.advance(599_999);
    await say({ id: '50', ...edited(9) });
    expect(requests).toHaveLength(1);
    await clock.advance(1_200_000);
    await say({ id: '50', ...edited(9) });
    expect(requests).toHaveLength(2);
  });
});

describe('a person who asks again within 30 seconds', () => {
  const author = { id: '1' };

  it('gets a reaction in place of a line, in any channel, and a line after that time', async () => {
    const { say, clock, lines } = open();
    await say({ author, id: '50' });
    await say({ author, id: '51' });
    await clock.advance(29_999);
    await say({ author, id: '52', channel_id: '6' });
    expect(lines()).toEqual([posted('5'), reacted('⏳', '5', '51'), reacted('⏳', '6', '52')]);
    await clock.advance(1);
    await say({ author, id: '53', channel_id: '6' });
    expect(lines().slice(3)).toEqual([posted('6')]);
  });

  it('does not keep others waiting, nor gets a page counted that nobody saw', async () => {
    const { say, lines, counts } = open();
    await say({ author });
    await say({ author, id: '51' });
    expect(counts.filter((one) => one.includes('shown'))).toHaveLength(1);
    await say({ author: { id: '2' } });
    expect(lines()).toEqual([posted('5'), reacted('⏳', '5', '51'), posted('5')]);
  });

  it('gets three answers in direct messages, and after them a short word', async () => {
    const { say, clock, requests, texts, counts } = open();
    await say({ author });
    for (let i = 0; i < 4; i++) await say({ ...direct, author });
    await clock.advance(29_999);
    await say({ ...direct, author });
    const contents = requests.map(({ body }) => (body as { content?: string }).content);
    const { guess, tooFast } = en.ask;
    expect(contents).toEqual([guess, guess, guess, guess, tooFast, tooFast]);
    expect(texts()).toHaveLength(4);
    expect(counts.filter((one) => one.includes('asked'))).toHaveLength(4);
    await clock.advance(1);
    await say({ ...direct, author });
    expect(requests.at(-1)?.body).toMatchObject({ content: guess });
  });
});

describe('what the bot does not know', () => {
  const pointer = { id: 'zoo', text: 'Ask the zoo.', questions: [] };

  it('is said once a minute in a channel, and stored each time', async () => {
    const { say, clock, requests, lines, questions } = open({ found: () => declined });
    await say();
    await say();
    expect(lines()).toEqual([posted('5')]);
    expect(requests[0]?.body).toMatchObject({ content: '' });
    expect(questions).toEqual(['7 which door', '7 which door']);
    await say({ channel_id: '6' });
    expect(lines()).toEqual([posted('5'), posted('6')]);
    await clock.advance(59_999);
    await say();
    expect(lines()).toHaveLength(2);
    await clock.advance(1);
    await say();
    expect(lines()).toHaveLength(3);
  });

  it.each<[string, QuestionResult | undefined, object]>([
    ['where else it is answered', { kind: 'pointer', pointer }, to('lions')],
    ['that the search is starting', { kind: 'busy' }, to('early')],
    ['how to ask', undefined, to('')],
  ])('counts together with %s', async (_, result, more) => {
    const { say, lines } = open({ found: (question) => (question === 'which door' ? declined : result) });
    await say(more);
    await say(more);
    await say();
    expect(lines()).toEqual([posted('5')]);
  });

  it('is silent without keeping answers back', async () => {
    const { say, lines } = open({ found: (question) => (question === 'which door' ? undefined : declined) });
    await say(to('lions'));
    await say(to('tigers'));
    await say();
    expect(lines()).toEqual([posted('5'), posted('5')]);
  });

  it('is said each time in direct messages', async () => {
    const { say, requests } = open({ found: () => declined });
    await say(direct);
    await say(direct);
    expect(requests).toHaveLength(2);
  });
});

describe('thanks and greetings', () => {
  it('get a reaction in a channel, are not counted, and leave the person their line', async () => {
    const { say, lines, counts, questions } = open({ found: thanked });
    const author = { id: '1' };
    await say({ ...to('thanks'), author, id: '50' });
    await say({ ...to('hello'), author, id: '51' });
    expect(lines()).toEqual([reacted('👋', '5', '50'), reacted('👋', '5', '51')]);
    expect([counts, questions]).toEqual([[], []]);
    await say({ author });
    expect(lines().at(-1)).toBe(posted('5'));
  });

  it('get a friendly word in direct messages, and are not counted', async () => {
    const { say, requests, counts } = open({ found: thanked });
    await say({ ...direct, content: 'thanks' });
    expect(requests[0]?.body).toMatchObject({ content: en.ask.courtesy(edition.subject.scope) });
    expect(counts).toEqual([]);
  });

  it('get nothing for an hour in a channel where the bot may not react', async () => {
    // The time of the machine and that of the bot go on together.
    vi.useFakeTimers({ toFake: ['Date'] });
    const respond: Respond = ({ path }) => (path.startsWith('/channels/5/') ? refusal(403, 50_013) : { status: 204 });
    const { say, clock, lines, logged } = open({ respond, found: thanked });
    const wait = async (ms: number) => {
      vi.setSystemTime(Date.now() + ms);
      await clock.advance(ms);
    };
    await say({ ...to('thanks'), id: '50' });
    await say({ ...to('thanks'), id: '51' });
    await say({ ...to('thanks'), id: '52', channel_id: '6' });
    await say({ ...to('thanks'), id: '53', channel_id: '6' });
    expect(lines()).toEqual([reacted('👋', '5', '50'), reacted('👋', '6', '52'), reacted('👋', '6', '53')]);
    expect(logged).toMatchObject([{ level: LEVEL.debug, reason: 'permission', msg: 'message not answered' }]);
    await wait(3_599_999);
    await say({ ...to('thanks'), id: '54' });
    expect(lines()).toHaveLength(3);
    await wait(1);
    await say({ ...to('thanks'), id: '55' });
    expect(lines().at(-1)).toBe(reacted('👋', '5', '55'));
  });
});

describe('an answer that fails', () => {
  it('because of a missing permission is logged as a detail, and not counted', async () => {
    const { say, logged, counts } = open({ respond: () => refusal(403, 50_013) });
    await say();
    expect(logged).toMatchObject([{ level: LEVEL.debug, reason: 'permission', msg: 'message not answered' }]);
    expect(counts).toEqual([]);
  });

  it.each([[{}], [{ content: `<@${OWN}>` }]])('because Discord fails is logged as a warning: %j', async (more) => {
    const { say, logged } = open({ respond: () => refusal(500) });
    await say(more);
    expect(logged).toMatchObject([{ level: LEVEL.warn, reason: 'failed', msg: 'message not answered' }]);
  });
});
