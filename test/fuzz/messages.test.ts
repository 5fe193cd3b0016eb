// Messages to the bot with any text, and any JSON in their place.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessageHandler } from '../../src/discord/messages.ts';
import { mutated } from './mutations.ts';
import { runs, snowflakes, TIMEOUT_MS, texts } from './runs.ts';
import { type FuzzWorld, openFuzzWorld } from './world.ts';

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld();
});
afterAll(() => world.stop());

/** Mostly with a mention, mostly in a server; some reply to another message. */
function messages() {
  const { channels, guild, discord } = world;
  const content = fc.tuple(texts(1000), texts(900), fc.constantFrom(`<@${discord.applicationId}>`, '')).map((parts) => {
    const [before, after, mention] = parts;
    return `${before}${mention}${after}`;
  });
  const mentions = fc.constantFrom([{ id: discord.applicationId }], []);
  const author = fc.record({ id: snowflakes });
  const written = { type: fc.constantFrom(0, 19), author, id: snowflakes, content, mentions };
  return fc.record(
    {
      ...written,
      channel_id: fc.constantFrom(...channels.map(({ id }) => id)),
      guild_id: fc.constant(guild.id),
      referenced_message: fc.option(fc.record(written)),
    },
    { requiredKeys: ['type', 'author', 'id', 'content', 'mentions', 'channel_id'] },
  );
}

describe('a message to the bot', { timeout: TIMEOUT_MS }, () => {
  it('gets an answer that Discord accepts, or none', async () => {
    let tries = 0;
    let posted = 0;
    const stop = world.world.events.subscribe(({ name }) => {
      if (name === 'message') posted += 1;
    });
    await fc.assert(
      fc.asyncProperty(messages(), async (message) => {
        // One that is there, so that it can be replied to.
        tries += 1;
        const { id, channel } = (await world.people[0].say('there')).message;
        const sent = { ...message, id, channel_id: channel.id };
        await createMessageHandler(world.services)(JSON.parse(JSON.stringify(sent)), world.discord.applicationId);
        expect(world.refused).toEqual([]);
      }),
      runs(150),
    );
    stop();
    expect(posted).toBeGreaterThan(tries * 1.2);
    expect(world.failures).toEqual([]);
  });

  it('never makes the bot fail, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(messages()), async (message) => {
        await createMessageHandler(world.services)(
          JSON.parse(JSON.stringify(message ?? {})),
          world.discord.applicationId,
        );
      }),
      runs(150),
    );
    expect(world.failures).toEqual([]);
  });
});
