// Passes every change of the fake Discord to its listeners: the gateway, the page, tests.
import type { Events, Listener } from './model.ts';

/** Creates an empty list of listeners. `emit` calls them one after the other before it returns. */
export function createEvents(): Events {
  const listeners = new Set<Listener>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
