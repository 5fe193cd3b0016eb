// A bot written with Discordeno, another library than discord.js: it connects, answers a command and a button.
import { after, before, describe, test } from 'node:test';
import { createBot, Intents, type Interaction, InteractionTypes, MessageComponentTypes } from '@discordeno/bot';
import { expect } from 'expect';
import { type FakeDiscord, startFakeDiscord } from '../src/fake-discord.ts';
import type { Person } from '../src/person.ts';
import { eventually } from './support.ts';

let discord: FakeDiscord;
let bot: ReturnType<typeof startBot>;
let person: Person;

function startBot(fake: FakeDiscord) {
  const created = createBot({
    token: fake.token,
    intents: Intents.Guilds,
    rest: { proxy: { baseUrl: fake.apiUrl, authorization: `Bot ${fake.token}` } },
    desiredProperties: { interaction: { id: true, token: true, type: true, data: true } },
    loggerFactory: () => ({ debug() {}, info() {}, warn() {}, error() {}, fatal() {} }),
    events: { interactionCreate: answer },
  });

  async function answer({ id, token, type }: Pick<Interaction, 'id' | 'token' | 'type'>) {
    if (type === InteractionTypes.MessageComponent) {
      await created.helpers.sendInteractionResponse(id, token, {
        type: 7,
        data: { content: 'Pressed', components: [] },
      });
      return;
    }
    const button = { type: MessageComponentTypes.Button, style: 1, label: 'Press', customId: 'press' } as const;
    await created.helpers.sendInteractionResponse(id, token, {
      type: 4,
      data: { content: 'Hello', components: [{ type: MessageComponentTypes.ActionRow, components: [button] }] },
    });
  }
  return created;
}

before(async () => {
  discord = await startFakeDiscord();
  const guild = discord.addGuild('Harbour');
  person = discord.person(discord.addUser('Mina'), discord.addChannel(guild, 'general'));
  bot = startBot(discord);
  await bot.start();
  await bot.helpers.upsertGlobalApplicationCommands([{ name: 'hello', description: 'Says hello' }]);
  await eventually(() => expect(discord.connections).toBe(1));
});
after(async () => {
  await bot.shutdown();
  await discord.stop();
});

describe('a bot written with Discordeno', () => {
  test('registers a command, answers it, and updates the message of its button', async () => {
    const { message } = await person.slash('hello');
    expect(message?.content).toBe('Hello');
    const pressed = await person.press(message, 'Press');
    expect(pressed.message?.id).toBe(message?.id);
    expect(message?.content).toBe('Pressed');
    expect(discord.refusals).toEqual([]);
  });
});
