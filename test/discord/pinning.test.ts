// Pinning: the requests, their order, and the reason for the audit log.
import { createServer, type IncomingMessage } from 'node:http';
import { REST } from 'discord.js';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { postAndPin } from '../../src/discord/pinning.ts';

const CHANNEL = '100000000000000001';
const MESSAGE = '100000000000000002';
const NOTICE = '100000000000000003';
const messages = `/api/v10/channels/${CHANNEL}/messages`;

let close = () => {};
afterEach(() => close());

/** A server that notes what it is asked. @param pinStatus its answer to the pin */
async function listen(pinStatus: number) {
  const requests: { line: string; reason: string | undefined }[] = [];
  const answer = ({ method, url = '' }: IncomingMessage): [number, unknown] => {
    if (method === 'PUT') return [pinStatus, { code: 50_013, message: 'Missing Permissions' }];
    if (method === 'POST') return [200, { id: MESSAGE }];
    if (method === 'GET' && url.startsWith(messages))
      return [
        200,
        [
          { id: NOTICE, type: 6, message_reference: { message_id: MESSAGE } },
          { id: '4', type: 0 },
        ],
      ];
    return [204, undefined];
  };
  const server = createServer((request, response) => {
    const reason = request.headers['x-audit-log-reason'];
    requests.push({
      line: `${request.method} ${request.url}`,
      reason: typeof reason === 'string' ? decodeURIComponent(reason) : undefined,
    });
    request.resume().on('end', () => {
      const [status, body] = answer(request);
      response.writeHead(status, body === undefined || status === 204 ? {} : { 'content-type': 'application/json' });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close = () => void server.close();
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const rest = new REST({ version: '10', api: `http://127.0.0.1:${port}/api` }).setToken('x');
  const pin = () =>
    postAndPin(rest, CHANNEL, messageBody({ content: 'a' }), {
      nonce: '1',
      reason: '/faq-pin add by Zoë 😀 (7)',
      log: pino({ level: 'silent' }),
    });
  return { requests, pin };
}

it('sends the audit log’s reason, and deletes Discord’s notice of the pin', async () => {
  const { requests, pin } = await listen(204);
  expect(await pin()).toBe(MESSAGE);
  await expect.poll(() => requests.length).toBe(4);
  expect(requests).toEqual([
    { line: `POST ${messages}`, reason: undefined },
    { line: `PUT ${messages}/pins/${MESSAGE}`, reason: '/faq-pin add by Zoë 😀 (7)' },
    { line: `GET ${messages}?after=${MESSAGE}&limit=5`, reason: undefined },
    { line: `DELETE ${messages}/${NOTICE}`, reason: undefined },
  ]);
});

it('deletes the message when the pin is refused', async () => {
  const { requests, pin } = await listen(403);
  await expect(pin()).rejects.toThrow('Missing Permissions');
  expect(requests.map(({ line }) => line.split(' ')[0])).toEqual(['POST', 'PUT', 'DELETE']);
  expect(requests.at(-1)?.line).toBe(`DELETE ${messages}/${MESSAGE}`);
});
