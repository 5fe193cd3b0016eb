// The setup of most tests: one fake Discord for the file, and a new channel for each test, with Mina in it.
import { after, before, beforeEach } from 'node:test';
import type { FakeDiscord } from '../src/fake-discord.ts';
import type { Channel, Guild, Json, Message } from '../src/model.ts';
import type { Person } from '../src/person.ts';
import { type Call, caller, interactionStarter, type StartedInteraction, startUnlimited } from './requests.ts';

export interface Here {
  readonly discord: FakeDiscord;
  readonly guild: Guild;
  /** Of the current test. */
  readonly channel: Channel;
  /** A member who acts in the channel. */
  readonly mina: Person;
  readonly call: Call;
  /** Has Mina start an interaction, which plain requests answer. @param source the message with the component */
  ask(type: number, source?: Message | null, data?: Json): StartedInteraction;
  /** Sends a message of the bot. */
  post(body?: object, to?: Channel): ReturnType<Call>;
  pin(messageId: unknown): ReturnType<Call>;
  /** The message with this id, as Mina sees it. @throws {Error} if there is none */
  found(messageId: unknown): Message;
}

/** Sets this up for the tests of a file. The fields that are not functions have their values once a test runs. */
export function useDiscord(): Here {
  let discord: FakeDiscord;
  let guild: Guild;
  let channel: Channel;
  let mina: Person;
  before(async () => {
    discord = await startUnlimited();
    guild = discord.addGuild('Test server');
  });
  beforeEach(() => {
    channel = discord.addChannel(guild, 'general');
    mina = discord.person(discord.addUser('Mina'), channel);
  });
  after(() => discord.stop());

  const call: Call = (...request) => caller(discord)(...request);
  return {
    get discord() {
      return discord;
    },
    get guild() {
      return guild;
    },
    get channel() {
      return channel;
    },
    get mina() {
      return mina;
    },
    call,
    ask(type, source = null, data = type === 3 ? { component_type: 2, custom_id: 'go' } : undefined) {
      return interactionStarter(discord, call)(mina, type, data, source);
    },
    post: (body = { content: 'x' }, to = channel) => call('POST', `/channels/${to.id}/messages`, body),
    pin: (messageId) => call('PUT', `/channels/${channel.id}/messages/pins/${messageId}`),
    found(messageId) {
      const message = discord.messagesOf(channel, mina.user).find(({ id }) => id === messageId);
      if (!message) throw new Error(`There is no message ${messageId}`);
      return message;
    },
  };
}
