// Living pins without the rest of the bot: a lost lock, and replies that cannot be read.
import { REST } from 'discord.js';
import type { Guild } from 'fake-discord';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { createLivingPins, type LivingPins } from '../../src/discord/living-pins.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { postMessage } from '../../src/discord/requests.ts';
import { addPin, pinsOf } from '../../src/pins/repository.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, log, notifyChange, type TestDatabase } from '../store/databases.ts';

const PINS = 12;
const [sqlite] = databases;

describe('living pins', () => {
  let database: TestDatabase;
  let store: Store;
  let discord: FakeDiscord;
  let guild: Guild;
  let replyCache: ReplyCache;
  let pins: LivingPins;
  beforeAll(async () => {
    database = (await sqlite?.create()) ?? expect.fail('SQLite is always there');
    store = database.open();
    discord = await startFakeDiscord();
    guild = discord.addGuild('Harbour');
    const rest = new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token);
    const { content } = await readContentFolder('content');
    if (!content) expect.fail('the content has errors');
    for (let i = 0; i < PINS; i++) {
      const channelId = discord.addChannel(guild, `c${i}`).id;
      const old = { content: 'old', embeds: [], components: [], allowed_mentions: { parse: [] as [] } };
      const { id: messageId } = await postMessage(rest, channelId, old, { nonce: String(i) });
      const topic = 'close-account#money';
      await addPin(store, { guildId: guild.id, channelId, messageId, topic, shownDigest: 'old', pinnedBy: '1' });
    }
    replyCache = new ReplyCache(store, { log });
    const contexts = new ContextSource(content, { replyCache, log, clock: systemClock });
    pins = createLivingPins({ rest, store, replyCache, contexts, log, clock: systemClock });
  });
  afterAll(async () => {
    await pins.close(1000);
    replyCache.close();
    await Promise.all([database.close(), discord.stop()]);
  });

  it('go on with the rest after the lock was lost', async () => {
    discord.fail({ match: /^PATCH/, times: PINS, delayMs: 700 });
    pins.start(new AbortController().signal);
    await expect
      .poll(async () => (await pinsOf(store, guild.id)).some(({ shownDigest }) => shownDigest !== 'old'))
      .toBe(true);
    // As if another process had taken it: this one notices when it renews, and edits nothing until it has it again.
    const stolen = new Date(Date.now() + 3000).toISOString();
    await store.run((db) => db.updateTable('locks').set({ owner: 'another', expires_at: stolen }).executeTakeFirst());
    const left = async () => (await pinsOf(store, guild.id)).filter(({ shownDigest }) => shownDigest === 'old').length;
    await expect.poll(left, { timeout: 20_000 }).toBe(0);
    expect(discord.requests.filter(({ method }) => method === 'PATCH').length).toBeLessThanOrEqual(PINS + 4);
  }, 30_000);

  it('leave a pin due while the replies of its server cannot be read', async () => {
    const topic = 'close-account#money';
    const pin = { guildId: guild.id, topic };
    expect(await pins.bodyOf(pin)).toBeDefined();
    const run = vi.spyOn(store, 'run').mockRejectedValue(new StoreError('locked', 'busy'));
    // As after a moderator's change.
    await notifyChange(store, guild.id);
    await expect(pins.bodyOf(pin)).rejects.toThrow(StoreError);
    run.mockRestore();
    await expect.poll(() => pins.bodyOf(pin).catch(() => undefined), { timeout: 5000 }).toBeDefined();
  }, 10_000);
});
