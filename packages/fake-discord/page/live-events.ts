// Listens to what happens on the server, and decides what the page loads again.
import type { EventView } from '../src/page-types.ts';
import { showConnection } from './panels.ts';
import { addRefusal } from './refusals.ts';

/**
 * Shows connections and refused requests, and loads what changed.
 * @param reload loads everything
 * @param refresh loads the messages that are shown, after a change in this channel; without an id, in any
 */
export function listen(reload: () => unknown, refresh: (channelId?: string) => unknown): void {
  const source = new EventSource('/page/api/events');
  source.onmessage = ({ data }) => {
    // The server sends nothing else.
    const event: EventView = JSON.parse(data);
    if (event.name === 'connection') showConnection(event.connected);
    else if (event.name === 'refusal') addRefusal(event.refusal);
    else if (/^(guild|channel|member|role)/.test(event.name)) reload();
    else if (event.name !== 'interaction') refresh(event.channel);
  };
  source.onerror = () => {
    showConnection(false, 'The server has stopped or is restarting …');
  };
  // After a reconnect, events may have been missed.
  source.onopen = reload;
}
