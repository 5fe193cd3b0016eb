// Rejects requests from other websites: only programs on this machine and the page itself may use the fake Discord.
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from './origin.ts';

/** Returns whether a request may be served. */
export type RequestCheck = (headers: IncomingHttpHeaders) => boolean;

/**
 * Rejects pages of other sites in the same browser, by their Origin, and by a Host that merely resolves to this machine
 * (DNS rebinding). Browsers send an Origin with every WebSocket and every request that changes something; other programs
 * send none.
 * @param listeningOn the host that the server listens on. Unless it is loopback, its names are unknown: Host isn't checked
 */
export function createOriginCheck(listeningOn: string): RequestCheck {
  const isLocal = isLoopback(listeningOn);
  return ({ host, origin }) => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    if (isLocal && !isLoopback(new URL(`http://${host}`).hostname)) return false;
    return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  };
}
