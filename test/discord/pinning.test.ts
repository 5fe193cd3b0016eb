// Pinning: the requests, their order, and what is left behind when one of them fails.
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { postAndPin, takeBack } from '../../src/discord/pinning.ts';
import { LEVEL, recordingLog } from './parts.ts';
import { type Respond, refusal, settle, stubRest } from './rest-stub.ts';

const POST = 'POST /channels/1/messages';
const PIN = 'PUT /channels/1/messages/pins/2';
const LIST = 'GET /channels/1/messages?after=2&limit=5';
const DELETE = 'DELETE /channels/1/messages/2';
const DELETE_NOTICE = 'DELETE /channels/1/messages/3';

const notice = { id: '3', type: 6, message_reference: { message_id: '2' } };
const body = messageBody({ content: 'a' });

/** @param changes responses to requests by their lines; all others succeed */
function open(changes: Record<string, Respond> = {}) {
  const responses: Record<string, Respond> = {
    [POST]: () => ({ body: { id: '2' } }),
    [LIST]: () => ({
      body: [{ id: '5', type: 6 }, { id: '4', type: 0, message_reference: { message_id: '2' } }, notice],
    }),
    ...changes,
  };
  const stub = stubRest((request) => responses[`${request.method} ${request.path}`]?.(request) ?? { status: 204 });
  const { log, lines: logged } = recordingLog();
  const pin = () => postAndPin(stub.rest, '1', body, { nonce: '9', reason: '/faq-pin add by Zoë 😀 (7)', log });
  return { ...stub, logged, pin };
}
const lose: Respond = () => {
  throw new Error('socket hang up');
};

describe('pinning', () => {
  it('posts, pins with a reason for the audit log, and deletes Discord’s notice of the pin', async () => {
    const { pin, lines, requests, logged } = open();
    expect(await pin()).toBe('2');
    await settle();
    expect(lines()).toEqual([POST, PIN, LIST, DELETE_NOTICE]);
    expect(requests[0]?.body).toEqual({ ...body, nonce: '9', enforce_nonce: true });
    expect(requests.map(({ headers }) => headers['x-audit-log-reason'])).toEqual([
      undefined,
      encodeURIComponent('/faq-pin add by Zoë 😀 (7)'),
      undefined,
      undefined,
    ]);
    expect(logged).toEqual([]);
  });

  it.each([
    ['there is none', []],
    ['it is of another message', [{ ...notice, message_reference: { message_id: '9' } }]],
    ['there are only messages of other types', [{ ...notice, type: 19 }]],
  ])('deletes no notice if %s', async (_, messages) => {
    const { pin, lines } = open({ [LIST]: () => ({ body: messages }) });
    await pin();
    await settle();
    expect(lines()).toEqual([POST, PIN, LIST]);
  });

  it.each([[LIST], [DELETE_NOTICE]])('succeeds although the notice stays, because %s is refused', async (line) => {
    const { pin, logged } = open({ [line]: () => refusal(403, 50_013) });
    expect(await pin()).toBe('2');
    await settle();
    expect(logged).toMatchObject([{ level: LEVEL.debug, msg: 'pin notice not deleted', err: { code: 50_013 } }]);
  });

  it('does nothing more if the post is refused', async () => {
    const { pin, lines } = open({ [POST]: () => refusal(403, 50_013) });
    await expect(pin()).rejects.toMatchObject({ code: 50_013 });
    expect(lines()).toEqual([POST]);
  });

  it('deletes the message if the pin is refused', async () => {
    const { pin, lines } = open({ [PIN]: () => refusal(400, 30_003) });
    await expect(pin()).rejects.toMatchObject({ code: 30_003 });
    await settle();
    expect(lines()).toEqual([POST, PIN, DELETE]);
  });

  it('deletes the message and the notice if Discord’s answer to the pin is lost', async () => {
    const { pin, lines } = open({ [PIN]: lose });
    await expect(pin()).rejects.toThrow('socket hang up');
    await settle();
    expect(lines()).toEqual([POST, PIN, PIN, PIN, DELETE, LIST, DELETE_NOTICE]);
  });

  it('says which message it left behind', async () => {
    const { pin, lines } = open({ [PIN]: () => refusal(403, 50_013), [DELETE]: () => refusal(403, 50_001) });
    await expect(pin()).rejects.toMatchObject({ name: 'LeftBehindError', messageId: '2', cause: { code: 50_001 } });
    expect(lines()).toEqual([POST, PIN, DELETE]);
  });
});

describe('taking a message back', () => {
  it('deletes it; a message that is already gone is not an error', async () => {
    const { rest, lines } = open();
    await takeBack(rest, '1', '2');
    expect(lines()).toEqual([DELETE]);
    await takeBack(open({ [DELETE]: () => refusal(404, 10_008) }).rest, '1', '2');
  });

  it('fails if the message stays', async () => {
    const { rest } = open({ [DELETE]: () => refusal(500) });
    await expect(takeBack(rest, '1', '2')).rejects.toMatchObject({ name: 'LeftBehindError', messageId: '2' });
  });
});
