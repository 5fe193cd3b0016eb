// The servers of a history, with their people and channels, and the marks in what they write.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { type Channel, type FakeDiscord, type Guild, type Message, menusOf, type Role, type User } from 'fake-discord';

const MEMBER =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;
/** The last one is not set up at first. */
const SERVERS = 3;
/** Beside one who is in all servers. */
const MEMBERS = 2;

export interface Town {
  readonly guild: Guild;
  readonly number: number;
  readonly general: Channel;
  readonly forum: Channel;
  readonly helpers: Channel;
  readonly role: Role;
  /** Channels for pins; they may be deleted. */
  readonly channels: Channel[];
  readonly members: readonly User[];
  readonly admin: User;
  readonly helper: User;
}

/** Adds the servers, each with a forum, helpers and their channel, and two channels for pins. */
export function addTowns(discord: FakeDiscord): Town[] {
  const everywhere = discord.addUser('Sam');
  return Array.from({ length: SERVERS }, (_, number) => {
    const guild = discord.addGuild(`Town ${number}`);
    const general = discord.addChannel(guild, 'general');
    const forum = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
    const helpers = discord.addChannel(guild, 'helpers');
    const channels = ['rules', 'info'].map((name) => discord.addChannel(guild, name));
    const role = discord.addRole(guild, 'Helpers', { mentionable: true });
    const add = (name: string, permissions: bigint) => {
      const user = discord.addUser(`${name} ${number}`);
      discord.join(guild, user, permissions);
      return user;
    };
    discord.join(guild, everywhere, MEMBER);
    const members = [everywhere, ...Array.from({ length: MEMBERS }, (__, i) => add(`Member ${i}`, MEMBER))];
    const admin = add('Ada', PermissionFlagsBits.Administrator);
    const helper = add('Hana', MEMBER);
    discord.giveRole(guild, helper, role);
    return { guild, number, general, forum, helpers, role, channels, members, admin, helper };
  });
}

/** What somebody in a server has written: no other server may see it. */
const MARK = /zq(\d+)x\d+q/g;
export const markOf = (server: number, count: number): string => `zq${server}x${count}q`;

/** The servers whose words a text has. */
export function serversIn(text: string): Set<number> {
  return new Set([...text.matchAll(MARK)].map((match) => Number(match[1])));
}

export function marksIn(text: string): string[] {
  return [...text.matchAll(MARK)].map(([mark]) => mark);
}

/** All that a message shows. */
export function textOf({ content, embeds, components }: Message): string {
  return JSON.stringify([content, embeds, components]);
}

/** The ids that are chosen in a menu of a message; undefined if it has no such menu. */
export function chosenIn(message: Message | null, customId: string): string | undefined {
  const menu = message && menusOf(message).find((one) => one.custom_id === customId);
  if (!menu) return undefined;
  return ('default_values' in menu ? (menu.default_values ?? []) : []).map(({ id }) => id).join();
}

/** A person whose action may fail: what Discord's client would say is not of interest. */
export async function tryTo<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch {
    return undefined;
  }
}

/** The words of a sentence before its first value. */
export function beginningOf(sentence: (...values: never[]) => string): string {
  const [beginning = ''] = (sentence as (...values: string[]) => string)('\0', '\0').split('\0');
  return beginning.replace(/<#$/, '');
}
