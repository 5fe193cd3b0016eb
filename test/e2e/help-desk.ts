// A server with helpers, and what people do in it with **Ask a person**.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Channel, Guild, InteractionResult, Message, Person, Role } from 'fake-discord';
import { expect } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { setUp } from './setup-panel.ts';
import { ADMIN, MEMBER, typedIn, type World } from './world.ts';

/** A question that nothing in the content is about. */
export const DECLINED = 'where is the best pizza in town';
/** What somebody may do who also writes in threads. */
export const FORUM_MEMBER = MEMBER | PermissionFlagsBits.SendMessagesInThreads;

export interface HelpDesk {
  readonly guild: Guild;
  readonly general: Channel;
  readonly forum: Channel;
  readonly helpers: Channel;
  readonly role: Role;
  readonly admin: Person;
  readonly helper: Person;
  readonly asker: Person;
}

/** A server of its own. @param isSetUp whether its forum, its role and its channel of helpers are set */
export async function addHelpDesk(
  { discord, newcomer }: Pick<World, 'discord' | 'newcomer'>,
  name: string,
  { isSetUp = true } = {},
): Promise<HelpDesk> {
  const guild = discord.addGuild(name);
  const general = discord.addChannel(guild, 'general');
  const forum = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  const helpers = discord.addChannel(guild, 'helpers');
  const role = discord.addRole(guild, 'Helpers', { mentionable: true });
  const admin = newcomer('Ada', ADMIN, general);
  const helper = addMember(discord, general, 'Hana', role);
  const asker = addMember(discord, general, 'Mina');
  if (isSetUp) await setUp(admin, { forums: [forum], roles: [role], person: [helpers] });
  return { guild, general, forum, helpers, role, admin, helper, asker };
}

/** A member of the channel's server who may write, also in threads, and has these roles. */
export function addMember(
  discord: World['discord'],
  channel: Channel,
  name: string,
  ...roles: readonly Role[]
): Person {
  const guild = channel.guild ?? expect.fail(`${channel.name} is in a server`);
  const user = discord.addUser(name);
  discord.join(guild, user, FORUM_MEMBER);
  for (const role of roles) discord.giveRole(guild, user, role);
  return discord.person(user, channel);
}

/** Asks something that the bot does not know. @returns the answer with the button */
export async function askInVain(asker: Person, question = DECLINED): Promise<Message> {
  const { message } = await asker.slash('ask', { question });
  return message ?? expect.fail('an answer');
}

/** Opens the form under an answer. */
export async function openForm(asker: Person, answer?: Message): Promise<InteractionResult> {
  return asker.press(answer ?? (await askInVain(asker)), en.button.askPerson);
}

/** Submits the form as it was filled in, or with another question. @returns what the asker reads */
export async function send(asker: Person, opened: InteractionResult, question?: string): Promise<string> {
  const { message } = await asker.submit(opened, { question: question ?? typedIn(opened).question ?? '' });
  return message?.content ?? '';
}

/** Asks a person. @returns what the asker reads */
export async function askPerson(asker: Person, question?: string): Promise<string> {
  return send(asker, await openForm(asker), question);
}

/** Presses **Answered** under a question in the helpers' channel. @returns what the helper reads */
export async function answer(by: Person, post: Message, words: string): Promise<string> {
  const opened = await by.press(post, en.button.answered);
  if (opened.type !== 9) return opened.message?.content ?? '';
  return (await by.submit(opened, { answer: words })).message?.content ?? '';
}
