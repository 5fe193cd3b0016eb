// The minimum for a bot over HTTP: checks the signature, parses JSON and sends prepared bytes.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { BYTES } from './reply.js';

const x = Buffer.from(process.env.DISCORD_PUBLIC_KEY, 'hex').toString('base64url');
const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BYTES) };

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const signed = Buffer.concat([Buffer.from(request.headers['x-signature-timestamp']), body]);
    const isValid = verify(null, signed, key, Buffer.from(request.headers['x-signature-ed25519'], 'hex'));
    if (!isValid || JSON.parse(body).type === undefined) return response.writeHead(401).end();
    response.writeHead(200, headers).end(BYTES);
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('"ready"'));
