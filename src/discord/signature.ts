// Discord's signature on HTTP interactions: Ed25519 over the time stamp and the raw body.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { createRecentIds } from './deduplication.ts';

/** How far the timestamp of a request may be from the time of this machine, in seconds. */
export const SKEW_S = 30;
const SIGNATURE_BYTES = 64;
/** Bytes of a signature that are remembered, as a number. All bytes, for a minute, would be 40 MB at 2,000 a second. */
const REMEMBERED_BYTES = 6;

export interface SignatureCheck {
  /**
   * Whether a request comes from Discord, is at most 30 s off, and was not seen before.
   * @param signature the header X-Signature-Ed25519, hexadecimal
   * @param timestamp the header X-Signature-Timestamp, in seconds
   * @param body the raw body
   */
  accepts(signature: string | undefined, timestamp: string | undefined, body: Buffer): boolean;
}

/**
 * Checks requests as Discord's documentation says (Interactions, "Security and Authorization"). It says nothing about
 * replays: the maximum age and the memory of signatures are our own.
 * @param publicKey the application's public key, 64 hexadecimal digits
 * @param now the time in ms since 1970
 */
export function checkSignatures(publicKey: string, now: () => number): SignatureCheck {
  const key = importKey(publicKey);
  // Requests that were seen longer ago are refused because of their timestamp.
  const seen = createRecentIds({ ms: 2 * SKEW_S * 1000 }, now);
  return {
    accepts(signature, timestamp, body) {
      if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
      const bytes = Buffer.from(signature, 'hex');
      // Buffer.from stops at the first character that is not hexadecimal.
      if (bytes.length !== SIGNATURE_BYTES || signature.length !== SIGNATURE_BYTES * 2) return false;
      const seconds = now() / 1000;
      if (Math.abs(seconds - Number(timestamp)) > SKEW_S) return false;
      const signed = Buffer.concat([Buffer.from(timestamp), body]);
      if (!verify(null, signed, key, bytes)) return false;
      return seen.isNew(bytes.readUIntBE(0, REMEMBERED_BYTES));
    },
  };
}

function importKey(hex: string): KeyObject {
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
