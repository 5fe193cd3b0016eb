// What happens in the fake Discord, told to whoever listens: the gateway, the page, tests.
import type { Interaction } from './interactions.ts';
import type { RefusalRecord } from './refusal.ts';
import type { Channel, Guild, Member, Message } from './world.ts';

export type FakeDiscordEvent =
  | { readonly name: 'message' | 'messageUpdate' | 'messageDelete'; readonly message: Message }
  | { readonly name: 'pins' | 'channelCreate' | 'channelUpdate' | 'channelDelete'; readonly channel: Channel }
  | { readonly name: 'guildCreate' | 'guildDelete'; readonly guild: Guild }
  | { readonly name: 'memberJoin'; readonly guild: Guild; readonly member: Member }
  | { readonly name: 'commands'; readonly guildId: string | null }
  | { readonly name: 'refusal'; readonly refusal: RefusalRecord }
  /** Sent when an interaction is made, answered, and again when a deferred answer gets its content. */
  | { readonly name: 'interaction'; readonly interaction: Interaction }
  | { readonly name: 'connection'; readonly connected: boolean };

export type Listener = (event: FakeDiscordEvent) => void;

export interface Events {
  /** Calls `listener` with every event from now on. Returns the function that ends this. */
  subscribe(listener: Listener): () => void;
  emit(event: FakeDiscordEvent): void;
}

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
