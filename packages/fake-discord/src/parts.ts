// The parts that the fake Discord is made of, for tests that need more than its methods. They may change in any version.
export { commandData, commandsForChannel, findCommandLine } from './command-data.ts';
export { contextFields } from './interaction-payload.ts';
export type { Json } from './model.ts';
export { parseCallback } from './schema/callback.ts';
export type { CommandOption, ValueOption } from './schema/command.ts';
export { isRecord } from './schema/form.ts';
export { type MessageRoute, parseMessage } from './schema/message.ts';
export { type RunningServer, startServer } from './server.ts';
export { userJson } from './user-json.ts';
export { getOrCreateDm } from './world.ts';
