// How one process learns that the replies of a guild have changed, by itself or by another.
import type pg from 'pg';
import type { Logger } from 'pino';
import { connectClient, endClient } from './postgres.ts';

/** @param guildId undefined: anything may have changed */
export type ChangeListener = (guildId: string | undefined) => void;

export interface Changes {
  on(listener: ChangeListener): () => void;
  tell(guildId: string | undefined): void;
}

/** Listeners of this process. A listener that throws is logged and does not keep the others from hearing. */
export function createChanges(log: Logger): Changes {
  const listeners = new Set<ChangeListener>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(guildId) {
      for (const listener of listeners) {
        try {
          listener(guildId);
        } catch (error) {
          log.error({ err: error }, 'a listener to changes failed');
        }
      }
    },
  };
}

/** PostgreSQL's channel for changes; the payload is the guild's id. */
export const CHANNEL = 'guidepost_changes';
const RECONNECT_MS = 500;
/** A connection that a network dropped in silence is noticed by asking. */
const PROBE_MS = 15_000;

/**
 * Listens to the changes of other processes, and connects again whenever the connection is lost. Each time it connects,
 * `tell(undefined)`: what was said meanwhile was not heard.
 * @returns a function that stops it
 */
export function listenToOthers(url: string, tell: ChangeListener, log: Logger): () => void {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isStopped = false;

  const again = () => {
    if (client) endClient(client);
    client = undefined;
    if (isStopped || retry) return;
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, RECONNECT_MS).unref();
  };
  const connect = async () => {
    try {
      const opened = await connectClient(url, again);
      client = opened;
      if (isStopped) return endClient(opened);
      opened.on('notification', ({ payload }) => tell(payload || undefined));
      await opened.query(`listen ${CHANNEL}`);
      tell(undefined);
    } catch (error) {
      log.debug({ err: error }, 'the changes of other processes cannot be heard');
      again();
    }
  };
  const probe = setInterval(() => client?.query('select 1').catch(again), PROBE_MS).unref();
  void connect();
  return () => {
    isStopped = true;
    clearInterval(probe);
    clearTimeout(retry);
    if (client) endClient(client);
  };
}
