// Interactions over HTTP: signed and posted to the application's endpoint, answered in the response (Discord docs, Interactions, Overview).
import { type KeyObject, sign } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Interactions } from './interactions.ts';
import { INTERACTION } from './limits.ts';
import type { Interaction } from './model.ts';

/**
 * Posts an interaction and takes the answer from the response. 202 says that the answer goes the other way, by the
 * callback's address. Whatever else is no answer, and the interaction runs out. Never rejects.
 * @param onRefusal told of an answer that Discord would refuse
 */
export async function deliverByHttp(
  url: string,
  interaction: Interaction,
  { interactions, key, onRefusal }: { interactions: Interactions; key: KeyObject; onRefusal(refusal: ApiError): void },
): Promise<void> {
  const body = JSON.stringify(interaction.payload);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'x-signature-timestamp': timestamp,
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), key).toString('hex'),
  };
  try {
    const signal = AbortSignal.timeout(INTERACTION.firstAnswer);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    if (response.status !== 200) return void (await response.text());
    interactions.answer(interaction, await response.json(), []);
  } catch (error) {
    if (error instanceof ApiError) onRefusal(error);
  }
}
