// Gateway intents: which ones a bot may ask for, and whose messages it may read (Discord docs, Gateway, Gateway Intents).
import { ApplicationFlags as Flags, GatewayIntentBits as Intents } from 'discord-api-types/v10';
import type { Application, Message, World } from './model.ts';

const ALL_INTENTS = Object.values(Intents)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** Each privileged intent with the flags of an application that has it enabled (same page, Privileged Intents). */
const PRIVILEGED: readonly (readonly [intent: number, flags: number])[] = [
  [Intents.GuildMembers, Flags.GatewayGuildMembers | Flags.GatewayGuildMembersLimited],
  [Intents.GuildPresences, Flags.GatewayPresence | Flags.GatewayPresenceLimited],
  [Intents.MessageContent, Flags.GatewayMessageContent | Flags.GatewayMessageContentLimited],
];

/** The close code for an IDENTIFY with these intents: 4013 for unknown ones, 4014 for those that are not enabled. */
export function intentsCloseCode(intents: number, { flags }: Application): 4013 | 4014 | undefined {
  if (intents & ~ALL_INTENTS) return 4013;
  return PRIVILEGED.some(([intent, enabling]) => intents & intent && !(flags & enabling)) ? 4014 : undefined;
}

/** Whether the bot may read a message's content. */
export type IsReadable = (message: Message) => boolean;

/**
 * Without MESSAGE_CONTENT a bot reads its own messages, direct ones, and those that mention it (same page, Message
 * Content Intent).
 * @param intents of the gateway session
 */
export function readableWith({ bot }: World, intents: number): IsReadable {
  if (intents & Intents.MessageContent) return () => true;
  return ({ author, channel, notifies, content }) =>
    author === bot || channel.guild === null || notifies.users.includes(bot.id) || content.includes(`<@${bot.id}>`);
}

/** The same over HTTP, where the application's settings decide instead of the session (same page, HTTP Restrictions). */
export function readableByHttp(world: World): IsReadable {
  const isEnabled = intentsCloseCode(Intents.MessageContent, world.application) === undefined;
  return readableWith(world, isEnabled ? Intents.MessageContent : 0);
}
