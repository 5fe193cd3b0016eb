// Messages to the bot: which are questions, what is answered, and how often.
import { type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { createMessageHandler } from '../../src/discord/messages.ts';
import type { QuestionAnswering, QuestionResult } from '../../src/discord/question-answering.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { renderResultPublicly } from '../../src/discord/views/ask.ts';
import { en } from '../../src/i18n/en.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { altered, content, edition, front, LEVEL, recordingLog, recordingStats, replyOf } from './parts.ts';
import { type Respond, refusal, stubRest } from './rest-stub.ts';

const OWN = '999';
const own = replyOf('r:abcd1234');

let ids = 0;
/** A message in a server that mentions the bot. */
function message(more: object = {}): GatewayMessageCreateDispatchData {
  ids += 1;
  const base = {
    id: String(1000 + ids),
    channel_id: '5',
    guild_id: '7',
    author: { id: String(100 + ids), username: 'ann' },
    content: `<@${OWN}> which door`,
    type: MessageType.Default,
    timestamp: '2026-11-26T10:00:00Z',
    edited_timestamp: null,
    message_snapshots: undefined,
  };
  // It reads no other fields.
  return altered(base as unknown as GatewayMessageCreateDispatchData, more);
}

function open({ respond, found }: { respond?: Respond; found?: QuestionResult } = {}) {
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
  const contexts = new ContextSource(content, { replyCache, log, clock });
  const asked: { question: string; isOwn: boolean }[] = [];
  const answering: QuestionAnswering = {
    async ask(question, asking, topics) {
      asked.push({ question, isOwn: topics.find(own.topic) !== undefined });
      expect(asking).toBe(edition);
      return found ?? { kind: 'sure', topics: [topics.find(front.name) ?? expect.fail('the page is a topic')] };
    },
    prepare: () => undefined,
  };
  const handle = createMessageHandler({ contexts, answering, stats, rest: stub.rest, log, clock });
  const say = (more: object = {}) => handle(message(more), OWN);
  const texts = () => asked.map(({ question }) => question);
  return { ...stub, clock, logged, counts, questions, guilds, contexts, asked, texts, say };
}

const direct = { guild_id: undefined };

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
    const { say, questions, counts } = open({ found: { kind: 'declined', isOtherLanguage: false } });
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
    ['that mentions nobody', { content: 'which door' }],
    ['that mentions somebody else', { content: '<@998> which door' }],
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
    await say({ id: '50', content: 'which door' });
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

describe('many questions', () => {
  it('of one person are answered three times in 30 seconds', async () => {
    const { say, clock, requests } = open();
    const author = { id: '1' };
    for (let i = 0; i < 4; i++) await say({ author, channel_id: String(i) });
    expect(requests).toHaveLength(3);
    await clock.advance(29_999);
    await say({ author, channel_id: '8' });
    expect(requests).toHaveLength(3);
    await say({ channel_id: '8' });
    expect(requests).toHaveLength(4);
    await clock.advance(1);
    await say({ author, channel_id: '8' });
    expect(requests).toHaveLength(5);
  });

  it('in one channel are answered six times in 30 seconds', async () => {
    const { say, clock, requests } = open();
    for (let i = 0; i < 7; i++) await say();
    expect(requests).toHaveLength(6);
    await say({ channel_id: '6' });
    expect(requests).toHaveLength(7);
    await clock.advance(29_999);
    await say();
    expect(requests).toHaveLength(7);
    await clock.advance(1);
    await say();
    expect(requests).toHaveLength(8);
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
