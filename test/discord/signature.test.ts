// Signatures of HTTP interactions: Discord's pass once, everything else is refused.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignatures } from '../../src/discord/signature.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
const NOW = 1_800_000_000;
const body = Buffer.from('{"type":1}');
const signed = (timestamp: string, text = body) =>
  sign(null, Buffer.concat([Buffer.from(timestamp), text]), privateKey).toString('hex');
const checker = () => checkSignatures(hex, () => NOW * 1000);

describe('signatures', () => {
  it('accept what Discord signed', () => {
    expect(checker().accepts(signed(String(NOW)), String(NOW), body)).toBe(true);
  });

  it('refuse the same request a second time, also in capital letters', () => {
    const check = checker();
    const signature = signed(String(NOW));
    expect(check.accepts(signature, String(NOW), body)).toBe(true);
    expect(check.accepts(signature, String(NOW), body)).toBe(false);
    expect(check.accepts(signature.toUpperCase(), String(NOW), body)).toBe(false);
  });

  it('accept a timestamp that is 30 s off, and no more', () => {
    for (const offset of [-30, 30]) {
      const timestamp = String(NOW + offset);
      const at = (ms: number) => checkSignatures(hex, () => NOW * 1000 + ms);
      expect(at(0).accepts(signed(timestamp), timestamp, body)).toBe(true);
      expect(at(-Math.sign(offset)).accepts(signed(timestamp), timestamp, body)).toBe(false);
    }
  });

  it('refuse the same request as long as its timestamp is accepted', () => {
    let now = NOW * 1000;
    const check = checkSignatures(hex, () => now);
    const timestamp = String(NOW + 30);
    const [first, second] = [signed(timestamp), signed(timestamp, Buffer.from('{"type":2}'))];
    expect(check.accepts(first, timestamp, body)).toBe(true);
    now += 30_000;
    expect(check.accepts(second, timestamp, Buffer.from('{"type":2}'))).toBe(true);
    now += 30_000;
    expect(check.accepts(first, timestamp, body)).toBe(false);
  });

  it('refuse a wrong request without remembering it', () => {
    const check = checker();
    const signature = signed(String(NOW));
    expect(check.accepts(signature, String(NOW), Buffer.from('{"type":2}'))).toBe(false);
    expect(check.accepts(signature, String(NOW), body)).toBe(true);
  });

  it.each([
    ['31 s too old', String(NOW - 31)],
    ['31 s too early', String(NOW + 31)],
    ['not a number', 'now'],
    ['empty', ''],
    ['too long', `0000${NOW}`.slice(-13)],
    ['a number after a plus', `+${NOW}`],
  ])('refuse a signed timestamp that is %s', (_, timestamp) => {
    expect(checker().accepts(signed(timestamp), timestamp, body)).toBe(false);
  });

  it('refuse another body, another key, a shortened or missing signature', () => {
    const at = String(NOW);
    const other = sign(null, Buffer.from(at + body), generateKeyPairSync('ed25519').privateKey).toString('hex');
    expect(checker().accepts(signed(at), at, Buffer.from('{"type":2}'))).toBe(false);
    expect(checker().accepts(other, at, body)).toBe(false);
    expect(checker().accepts(signed(at).slice(2), at, body)).toBe(false);
    expect(checker().accepts('zz'.repeat(64), at, body)).toBe(false);
    expect(checker().accepts(`${signed(at)}zz`, at, body)).toBe(false);
    expect(checker().accepts('', at, body)).toBe(false);
    expect(checker().accepts(undefined, at, body)).toBe(false);
    expect(checker().accepts(signed(at), undefined, body)).toBe(false);
  });
});
