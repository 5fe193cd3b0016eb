// Origins that a browser can open.
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isLoopback, networkOrigins, originOf } from '../src/origin.ts';

describe('an origin', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['localhost', 'http://localhost:80'],
    ['::1', 'http://[::1]:80'],
    ['2001:db8::7', 'http://[2001:db8::7]:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:80'],
  ])('of %s is %s', (host, origin) => {
    expect(originOf(host, 80)).toBe(origin);
    expect(URL.canParse(origin)).toBe(true);
  });

  it.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost', 'preview.localhost', '::ffff:127.0.0.1'])(
    'of %s is reachable from this machine only',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.org', 'localhost.example.org', '127.0.0.1.example.org', '2130706433'])(
    'of %s may be reachable from other machines',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  describe('for other devices', () => {
    const loopback = networkInterface('127.0.0.1', { internal: true });
    const interfaces = {
      lo: [loopback],
      eth0: [networkInterface('192.0.2.7'), networkInterface('fe80::7', { family: 'IPv6' })],
      wlan0: [networkInterface('198.51.100.7')],
    };

    it.each(['0.0.0.0', '::'])('has the addresses of the network interfaces if the server listens on %s', (host) => {
      expect(networkOrigins(host, 8080, interfaces)).toEqual(['http://192.0.2.7:8080', 'http://198.51.100.7:8080']);
      expect(networkOrigins(host, 8080, { lo: [loopback], none: undefined })).toEqual([]);
    });

    it('has the address that the server listens on, unless it is loopback', () => {
      expect(networkOrigins('2001:db8::7', 8080, interfaces)).toEqual(['http://[2001:db8::7]:8080']);
      expect(networkOrigins('127.0.0.9', 8080, interfaces)).toEqual([]);
    });
  });
});

/** An address as the operating system lists it. */
function networkInterface(
  address: string,
  { family = 'IPv4', internal = false }: { family?: 'IPv4' | 'IPv6'; internal?: boolean } = {},
): NetworkInterfaceInfo {
  const common = { address, netmask: '', mac: '', internal, cidr: null };
  return family === 'IPv4' ? { ...common, family } : { ...common, family, scopeid: 0 };
}
