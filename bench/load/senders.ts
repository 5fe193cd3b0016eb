// Sends interactions over the gateway, and as signed HTTP requests.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Pool } from 'undici';
import type { LoadDiscord } from './discord.ts';
import type { InteractionSender } from './drive.ts';
import type { CreateInteraction } from './interactions.ts';

/** Sends over the gateway; the answer is the request to the interaction's callback. */
export function gatewaySender(discord: LoadDiscord, create: CreateInteraction): InteractionSender {
  const waiting = new Map<string, () => void>();
  discord.onAnswer = (id) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  return {
    send() {
      const { id, json } = create();
      const answered = new Promise<void>((done) => waiting.set(id, done));
      discord.dispatch(json);
      return answered;
    },
  };
}

export interface KeyPair {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** Creates a key pair like that of an application. */
export function createKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x ?? '', 'base64url').toString('hex'), privateKey };
}

/** Sends signed requests; the answer is the response. @throws for any status except 200 */
export function httpSender(
  origin: string,
  create: CreateInteraction,
  { privateKey }: KeyPair,
): InteractionSender & { close(): Promise<void> } {
  const pool = new Pool(origin, { connections: 64, keepAliveTimeout: 60_000 });
  return {
    async send() {
      const body = create().json;
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
      const headers = {
        'content-type': 'application/json',
        'x-signature-timestamp': timestamp,
        'x-signature-ed25519': signature,
      };
      const response = await pool.request({ method: 'POST', path: '/interactions', headers, body });
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}: ${await response.body.text()}`);
      await response.body.dump();
    },
    close: () => pool.close(),
  };
}
