// The context of a person: never later than the database allows, always from the content that is served.
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import type { Content } from '../../src/guide/model.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';

const log = pino({ level: 'silent' });

describe('a context', () => {
  let clock: VirtualClock;
  let store: Store;
  let replyCache: ReplyCache;
  let content: Content;
  let contexts: ContextSource;
  beforeEach(async () => {
    clock = createVirtualClock(0);
    // Nothing listens there.
    store = openStore('postgres://nobody@127.0.0.1:1/none', { log, clock });
    replyCache = new ReplyCache(store, { log });
    content = (await readContentFolder('content')).content ?? expect.fail('the shipped content has errors');
    contexts = new ContextSource(content, { replyCache, log, clock });
  });
  afterEach(async () => {
    replyCache.close();
    await store.close();
  });

  it('has the guide alone 250 ms after the database was asked in vain', async () => {
    let isDone = false;
    const making = contexts.contextFor({ guild_id: '1' }).finally(() => {
      isDone = true;
    });
    await clock.advance(249);
    expect(isDone).toBe(false);
    await clock.advance(1);
    expect(await making).toMatchObject({ isPartial: true });
  });

  it('asks no database for direct messages', async () => {
    const context = await contexts.contextFor({});
    expect(context.isPartial).toBeUndefined();
    expect(context.topics.find(content.editions.get('en')?.pages.keys().next().value ?? '')?.kind).toBe('page');
  });

  it('shares its topics until the content is replaced', async () => {
    const { topics } = await contexts.contextFor({});
    expect((await contexts.contextFor({ locale: 'en-US' })).topics).toBe(topics);
    contexts.replaceContent({ ...content });
    const after = await contexts.contextFor({});
    expect(after.topics).not.toBe(topics);
    expect(after.edition).toBe(content.editions.get('en'));
  });
});
