// The two ways to a bot: over the gateway's socket, and as signed HTTP requests.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Pool } from 'undici';
import type { LoadDiscord } from './discord.ts';
import type { Line } from './drive.ts';
import type { Make } from './interactions.ts';

/** Interactions over the gateway; the answer is the call of the interaction's callback. */
export function gatewayLine(discord: LoadDiscord, make: Make): Line {
  const waiting = new Map<string, () => void>();
  discord.onAnswer = (id) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  return {
    send() {
      const { id, json } = make();
      const answered = new Promise<void>((done) => waiting.set(id, done));
      discord.dispatch(json);
      return answered;
    },
  };
}

export interface Keys {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** A key pair like that of an application. */
export function makeKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x ?? '', 'base64url').toString('hex'), privateKey };
}

/** Interactions as signed requests; the answer is the response. @throws for any status but 200 */
export function httpLine(origin: string, make: Make, { privateKey }: Keys): Line & { close(): Promise<void> } {
  const pool = new Pool(origin, { connections: 64, keepAliveTimeout: 60_000 });
  return {
    async send() {
      const body = make().json;
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
