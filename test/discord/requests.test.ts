// Requests to Discord: their routes and bodies, and which of them are repeated.
import { getEventListeners } from 'node:events';
import type { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import {
  addReaction,
  deleteMessage,
  editMessage,
  getApplication,
  getChannel,
  getGuild,
  getMessage,
  guildsAfter,
  messagesAfter,
  openDm,
  pinMessage,
  postMessage,
} from '../../src/discord/requests.ts';
import { createGate, refusal, settle, stubRest } from './rest-stub.ts';

const body = messageBody({ content: 'text' });
const never = () => new AbortController().signal;

describe('a request', () => {
  it.each([
    ['the application', getApplication, 'GET /applications/@me'],
    [
      'a page of servers',
      (rest: REST) => guildsAfter(rest, '7', 200, never()),
      'GET /users/@me/guilds?after=7&limit=200',
    ],
    ['a server', (rest: REST) => getGuild(rest, '7', never()), 'GET /guilds/7'],
    ['a message', (rest: REST) => getMessage(rest, '1', '2'), 'GET /channels/1/messages/2'],
    [
      'the messages after one',
      (rest: REST) => messagesAfter(rest, '1', '2'),
      'GET /channels/1/messages?after=2&limit=5',
    ],
  ])('for %s returns what Discord answers', async (_, request, line) => {
    const stub = stubRest(() => ({ body: { id: 'found' } }));
    expect(await request(stub.rest)).toEqual({ id: 'found' });
    expect(stub.lines()).toEqual([line]);
  });

  it('for a list or a server ends when its signal aborts', async () => {
    const { rest } = stubRest(() => new Promise(() => undefined));
    const stopping = new AbortController();
    const running = [guildsAfter(rest, '0', 1, stopping.signal), getGuild(rest, '1', stopping.signal)];
    const ended = Promise.allSettled(running);
    await settle();
    stopping.abort();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('leaves nothing on the signal that could abort it', async () => {
    const { rest } = stubRest((request) => (request.path.startsWith('/guilds') ? refusal(404) : undefined));
    const { signal } = new AbortController();
    const requests = [
      guildsAfter(rest, '0', 1, signal),
      getGuild(rest, '1', signal),
      getChannel(rest, '1', signal),
      editMessage(rest, '1', '2', body, signal),
    ];
    expect((await Promise.allSettled(requests)).map(({ status }) => status)).toContain('rejected');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('opens direct messages with a person', async () => {
    const stub = stubRest(() => ({ body: { id: '5' } }));
    expect(await openDm(stub.rest, '77')).toEqual({ id: '5' });
    expect(stub.requests).toMatchObject([
      { method: 'POST', path: '/users/@me/channels', body: { recipient_id: '77' } },
    ]);
  });

  it('pins a message, with the reason for the audit log', async () => {
    const stub = stubRest(() => ({ status: 204 }));
    expect(await pinMessage(stub.rest, '1', '2', 'by Zoë')).toBeUndefined();
    expect(stub.lines()).toEqual(['PUT /channels/1/messages/pins/2']);
    expect(stub.requests[0]?.headers['x-audit-log-reason']).toBe(encodeURIComponent('by Zoë'));
  });

  it('reacts to a message', async () => {
    const stub = stubRest(() => ({ status: 204 }));
    expect(await addReaction(stub.rest, '1', '2', '👋')).toBeUndefined();
    expect(stub.lines()).toEqual(['PUT /channels/1/messages/2/reactions/%F0%9F%91%8B/@me']);
  });
});

describe('a post', () => {
  it('has a nonce, so that repeating it posts one message', async () => {
    const stub = stubRest(() => ({ body: { id: '3' } }));
    expect(await postMessage(stub.rest, '1', body, { nonce: '9' })).toEqual({ id: '3' });
    expect(stub.requests).toMatchObject([{ method: 'POST', path: '/channels/1/messages' }]);
    expect(stub.requests[0]?.body).toEqual({ ...body, nonce: '9', enforce_nonce: true });
  });

  it('that replies names the message, and notifies its author', async () => {
    const stub = stubRest();
    await postMessage(stub.rest, '1', messageBody({}, '5'), { nonce: '9', replyTo: '8' });
    expect(stub.requests[0]?.body).toMatchObject({
      message_reference: { message_id: '8', channel_id: '1' },
      allowed_mentions: { parse: [], users: ['5'], replied_user: true },
    });
  });
});

describe('after a lost connection', () => {
  const lostTimes = (count: number) => {
    let left = count;
    return stubRest(() => {
      if (left-- > 0) throw new Error('socket hang up');
      return { body: { id: '3' } };
    });
  };
  const all = {
    post: (rest: REST) => postMessage(rest, '1', body, { nonce: '9' }),
    edit: (rest: REST) => editMessage(rest, '1', '2', body, never()),
    deletion: (rest: REST) => deleteMessage(rest, '1', '2'),
    pin: (rest: REST) => pinMessage(rest, '1', '2', 'r'),
  };

  it.each(Object.entries(all))('a %s is made three times at most', async (_, request) => {
    const twice = lostTimes(2);
    await request(twice.rest);
    expect(twice.requests).toHaveLength(3);
    const always = lostTimes(3);
    await expect(request(always.rest)).rejects.toThrow('socket hang up');
    expect(always.requests).toHaveLength(3);
  });

  it.each(Object.entries(all))('a %s is not repeated if Discord answered', async (_, request) => {
    for (const status of [403, 500]) {
      const stub = stubRest(() => refusal(status, 50_013));
      await expect(request(stub.rest)).rejects.toThrow();
      expect(stub.requests).toHaveLength(1);
    }
  });
});

describe('an edit', () => {
  it('replaces the message', async () => {
    const stub = stubRest(() => ({ body: { id: '2' } }));
    expect(await editMessage(stub.rest, '1', '2', body, never())).toEqual({ id: '2' });
    expect(stub.requests).toMatchObject([{ method: 'PATCH', path: '/channels/1/messages/2', body }]);
  });

  it('ends when its signal aborts, and is not repeated', async () => {
    const stopping = new AbortController();
    const stub = stubRest(() => new Promise(() => undefined));
    const editing = editMessage(stub.rest, '1', '2', body, stopping.signal);
    const ended = expect(editing).rejects.toThrow('stopping');
    await settle();
    stopping.abort(new Error('stopping'));
    await ended;
    await settle();
    expect(stub.requests).toHaveLength(1);
  });

  it('ends when its signal aborts while it waits for another request', async () => {
    const stopping = new AbortController();
    const gate = createGate();
    const stub = stubRest(() => gate.opened.then(() => undefined));
    const first = editMessage(stub.rest, '1', '2', body, never());
    const second = editMessage(stub.rest, '1', '2', body, stopping.signal);
    const ended = expect(second).rejects.toThrow('stopping');
    await settle();
    stopping.abort(new Error('stopping'));
    await ended;
    gate.open();
    await first;
    await settle();
    expect(stub.requests).toHaveLength(1);
  });

  it('ends when its signal aborts while it waits for a rate limit', async () => {
    const headers = { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '0.1' };
    const stub = stubRest(() => ({ headers }));
    await editMessage(stub.rest, '1', '2', body, never());
    const stopping = new AbortController();
    const editing = editMessage(stub.rest, '1', '2', body, stopping.signal);
    let isOver = false;
    const ended = expect(editing)
      .rejects.toThrow('stopping')
      .finally(() => {
        isOver = true;
      });
    await settle();
    stopping.abort(new Error('stopping'));
    await settle();
    expect(isOver).toBe(true);
    await ended;
  });

  it('makes no request after its signal has aborted', async () => {
    const stub = stubRest();
    const editing = editMessage(stub.rest, '1', '2', body, AbortSignal.abort(new Error('stopping')));
    await expect(editing).rejects.toThrow('stopping');
    await settle();
    expect(stub.requests).toEqual([]);
  });
});

describe('a deletion', () => {
  it('says whether there was a message', async () => {
    const found = stubRest(() => ({ status: 204 }));
    expect(await deleteMessage(found.rest, '1', '2')).toBe(true);
    expect(found.lines()).toEqual(['DELETE /channels/1/messages/2']);
    expect(await deleteMessage(stubRest(() => refusal(404, 10_008)).rest, '1', '2')).toBe(false);
    await expect(deleteMessage(stubRest(() => refusal(404, 10_003)).rest, '1', '2')).rejects.toThrow('refused');
  });
});
