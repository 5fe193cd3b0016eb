// The minimum for a bot over the gateway: parses JSON and sends prepared bytes.
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { BYTES } from './reply.js';

const { origin, pathname } = new URL(process.env.DISCORD_API_URL);
const pool = new Pool(origin, { connections: 256, keepAliveTimeout: 60_000 });
const headers = { 'content-type': 'application/json' };

const gateway = await pool.request({ method: 'GET', path: `${pathname}/v10/gateway/bot` });
const { url } = await gateway.body.json();
const socket = new WebSocket(`${url}/?v=10&encoding=json`, { perMessageDeflate: false });
socket.on('message', (data) => {
  const { op, t, d } = JSON.parse(data);
  if (op === 10) {
    socket.send(JSON.stringify({ op: 2, d: { token: process.env.DISCORD_TOKEN, intents: 0, properties: {} } }));
    setInterval(() => socket.send('{"op":1,"d":null}'), d.heartbeat_interval);
  }
  if (t === 'READY') console.log('"ready"');
  if (t === 'INTERACTION_CREATE') void answer(d);
});

async function answer({ id, token }) {
  const path = `${pathname}/v10/interactions/${id}/${token}/callback`;
  const { body } = await pool.request({ method: 'POST', path, headers, body: BYTES });
  await body.dump();
}
