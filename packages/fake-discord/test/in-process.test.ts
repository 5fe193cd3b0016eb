// A fake Discord without a port, for a bot in the same process.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { createFakeDiscord } from '../src/fake-discord.ts';

describe('without a port', () => {
  test('requests are answered, and a session gets what the gateway would send', async () => {
    const discord = createFakeDiscord();
    const guild = discord.addGuild('A server');
    const mina = discord.person(discord.addUser('Mina'), discord.addChannel(guild, 'general'));
    const payloads: unknown[] = [];
    const detach = discord.attach(512, (payload) => payloads.push(payload));
    expect(discord.connections).toBe(1);
    const request = (method: string, path: string, body: unknown) =>
      discord.fetch(
        new Request(`${discord.apiUrl}/v10${path}`, {
          method,
          headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      );
    const registered = await request('PUT', `/applications/${discord.applicationId}/commands`, [
      { name: 'ping', description: 'Answers' },
    ]);
    expect(registered.status).toBe(200);
    await mina.say('Hello');
    const pressed = mina.slash('ping');
    const sent = payloads.find((each) => JSON.stringify(each).includes('INTERACTION_CREATE'));
    const { d } = sent as { d: { id: string; token: string } };
    const answered = await request('POST', `/interactions/${d.id}/${d.token}/callback`, {
      type: 4,
      data: { content: 'Pong!' },
    });
    expect(answered.status).toBe(204);
    expect((await pressed).message?.content).toBe('Pong!');
    expect(payloads).toContainEqual(expect.objectContaining({ t: 'MESSAGE_CREATE' }));
    detach();
    expect(discord.connections).toBe(0);
    await expect(mina.slash('ping')).rejects.toThrow('The bot is not connected');
    await discord.stop();
  });
});
