// A local Discord for tests and for trying a bot by hand: what this package promises.
export { ApiError, type RefusedRequest } from './api-error.ts';
export { type DemoWorld, seedDemoWorld } from './demo.ts';
export { createFakeDiscord, FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './fake-discord.ts';
export type { Fault } from './faults.ts';
export { buttonsOf, menusOf } from './message-controls.ts';
export type {
  Application,
  Attachment,
  Channel,
  FakeDiscordEvent,
  Guild,
  Interaction,
  Member,
  Message,
  Role,
  User,
} from './model.ts';
export { acceptsGzip, openPageFiles, type PageFiles } from './page-files.ts';
export { BOT_PERMISSIONS, MEMBER_PERMISSIONS, MODERATOR_PERMISSIONS } from './permissions.ts';
export { type InteractionResult, Person, type PersonOptions } from './person.ts';
export type { RateLimit } from './rate-limits.ts';
export type { MountedSite } from './server.ts';
export type { Post } from './writing.ts';
