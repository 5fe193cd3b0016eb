// All REST routes. The first match serves a request, so fixed paths come before those with parameters.
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { identityRoutes } from './identity.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import type { Backend, Route } from './route.ts';

/** @param publicKey the application's key, in hexadecimal digits */
export function allRoutes(backend: Backend, publicKey: string): Route[] {
  return [
    ...identityRoutes(backend, publicKey),
    ...commandRoutes(backend),
    ...interactionRoutes(backend),
    ...pinRoutes(backend),
    ...reactionRoutes(backend),
    ...messageRoutes(backend),
    ...guildRoutes(backend),
  ];
}
