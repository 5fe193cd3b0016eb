// Origins that a browser can open.
import { describe, expect, it } from 'vitest';
import { isLoopback, originOf } from '../src/origin.ts';

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
});
