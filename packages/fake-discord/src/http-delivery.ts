// Posts interactions to the application's endpoint, signed, and reads the answer (Discord docs, Interactions Overview).
import { type KeyObject, sign } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Interactions } from './interactions.ts';
import type { Interaction } from './model.ts';

/** What a delivery needs besides the interaction and the address. */
export interface HttpDelivery {
  readonly interactions: Interactions;
  /** The application's private key. */
  readonly key: KeyObject;
  /** The time for the answer, in milliseconds. */
  readonly withinMs: number;
  /** Called for an answer that Discord would refuse. */
  onInvalidAnswer(error: ApiError): void;
}

/**
 * Posts an interaction and takes the answer from a response with status 200. With 202 the bot answers through the
 * callback route instead. Any other status counts as no answer, and the interaction expires. Never rejects.
 */
export async function deliverByHttp(
  url: string,
  interaction: Interaction,
  { interactions, key, withinMs, onInvalidAnswer }: HttpDelivery,
): Promise<void> {
  const body = JSON.stringify(interaction.payload);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'x-signature-timestamp': timestamp,
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), key).toString('hex'),
  };
  try {
    const signal = AbortSignal.timeout(withinMs);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    if (response.status !== 200) return void (await response.text());
    interactions.answer(interaction, await response.json(), []);
  } catch (error) {
    if (error instanceof ApiError) onInvalidAnswer(error);
  }
}
