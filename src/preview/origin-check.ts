// Who may talk to the fake Discord: programs on this machine, and pages that it served itself.
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../origin.ts';

/** Whether a request is served. */
export type RequestCheck = (headers: IncomingHttpHeaders) => boolean;

/**
 * Keeps pages of other sites in the same browser out. They are recognized by their Origin, and by a Host that only
 * resolves to this machine (DNS rebinding). Browsers send an Origin with every WebSocket and every request that changes
 * something; other programs send none.
 * @param listeningOn the host that the server listens on; beyond loopback, the names that lead to it are not known
 */
export function createOriginCheck(listeningOn: string): RequestCheck {
  const isLocal = isLoopback(listeningOn);
  return ({ host, origin }) => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    if (isLocal && !isLoopback(new URL(`http://${host}`).hostname)) return false;
    return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  };
}
