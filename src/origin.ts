// Origins of the bot's own HTTP servers.
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * The origin of an HTTP server, for a browser on the same machine.
 * @param host as given to `listen`: IPv6 addresses get brackets, and "all addresses" becomes the loopback address
 */
export function originOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The origins of an HTTP server for browsers on other devices, none if no address is known. If the server listens on all
 * addresses, these are the IPv4 ones, which are easier to type; with `::` Node listens on them too.
 * @param host as given to `listen`
 */
export function networkOrigins(host: string, port: number, interfaces = networkInterfaces()): string[] {
  if (host !== '0.0.0.0' && host !== '::') return isLoopback(host) ? [] : [originOf(host, port)];
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => originOf(address, port));
}

/** Whether a host is reachable from this machine only. @param host a name or an address, IPv6 with or without brackets */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.+)\]$/, '$1').toLowerCase();
  const family = isIP(bare);
  if (family === 0) return bare === 'localhost' || bare.endsWith('.localhost');
  return LOOPBACK.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}
