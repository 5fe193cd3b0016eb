// The line about /setup: who gets it, once, where it stands, and what it never breaks.
import { type APIInteraction, InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { type Answer, messageBody, Refusal, replyPrivately, replyPublicly, say } from '../../src/discord/answer.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';
import { withSetupHint } from '../../src/discord/setup-hint.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { openLog } from '../../src/log.ts';
import { readSettings, recordHint, recordSetup } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { commandInteraction, componentInteraction, type InteractionContext } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { observed, openInMemory } from '../replies/stores.ts';
import { log, sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { contextsWith, front } from './parts.ts';
import { settle } from './rest-stub.ts';

const en = messagesFor('en');
const LINE = `-# ${en.setup.notSetUp}`;
const { ManageGuild, ManageMessages } = PermissionFlagsBits;
const clock = createVirtualClock(Date.UTC(2026, 10, 26));
const { store } = await openInMemory(sqlite, clock);
const settingsCache = new SettingsCache(store, { log });
afterAll(() => settingsCache.close());

/** Runs a command whose answer is given, after the server's settings were read. */
async function run(answer: Answer, interaction: APIInteraction, on: Store = store): Promise<Answer> {
  if (interaction.guild_id) await settingsCache.settingsOf(interaction.guild_id);
  return hinting(answer, on)(interaction);
}
/** A router with this answer. */
const hinting = (answer: Answer, on: Store = store) =>
  withSetupHint(async () => answer, { contexts: contextsWith(), settingsCache, store: on, log, clock });
const by = (guildId: string | null, more: InteractionContext = {}, name = 'help') =>
  commandInteraction(name, {}, { guildId, permissions: String(ManageGuild), ...more });
const dataOf = ({ response }: Answer) => ('data' in response ? response.data : undefined);

describe('the line', () => {
  it('stands under the first private answer in a server that was not set up, and is recorded', async () => {
    const guildId = newId();
    const answer = await run(say('Hello'), by(guildId));
    expect(dataOf(answer)).toMatchObject({ content: `Hello\n${LINE}`, flags: MessageFlags.Ephemeral });
    expect(await readSettings(store, guildId)).toMatchObject({ isHinted: true });
    const again = say('Hello');
    expect(await run(again, by(guildId))).toBe(again);
  });

  it('stands alone above embeds', async () => {
    const answer = replyPrivately(messageBody({ embeds: [{ title: 'T' }] }));
    expect(dataOf(await run(answer, by(newId())))).toMatchObject({ content: LINE, embeds: [{ title: 'T' }] });
  });

  it('stands at the end of a private answer that comes later', async () => {
    const answer = await run(
      deferPrivately(async () => messageBody({ content: 'Later' })),
      by(newId()),
    );
    expect(answer.response.type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
    expect((await answer.later?.())?.content).toBe(`Later\n${LINE}`);
  });

  it('hides no failure of an answer that comes later', async () => {
    const answer = await run(
      deferPrivately(() => Promise.reject(new Refusal('not now'))),
      by(newId()),
    );
    await expect(answer.later?.()).rejects.toThrow('not now');
  });

  it('follows a public answer as a private message of its own', async () => {
    const shared = replyPublicly(messageBody({ content: 'For all' }));
    const answer = await run(shared, by(newId()));
    expect(answer.response).toBe(shared.response);
    expect(answer.followUp).toEqual(messageBody({ content: LINE }));
    const later: Answer = {
      response: { type: InteractionResponseType.DeferredChannelMessageWithSource },
      later: async () => messageBody({ content: 'For all' }),
    };
    const deferred = await run(later, by(newId()));
    expect(deferred.followUp).toEqual(messageBody({ content: LINE }));
    expect((await deferred.later?.())?.content).toBe('For all');
  });

  it.each([
    [2000 - [...LINE].length - 1, true],
    [2000 - [...LINE].length, false],
  ])('is left out where it does not fit: under %i characters: %s', async (length, isThere) => {
    const answer = await run(say('x'.repeat(length)), by(newId()));
    expect(dataOf(answer)).toMatchObject({ content: expect.stringMatching(isThere ? /-# / : /^x+$/) });
  });
});

describe('an answer stays as it is', () => {
  it.each<[string, APIInteraction]>([
    ['to somebody who may not use /setup', by(newId(), { permissions: String(ManageMessages) })],
    ['to a person without permissions', by(newId(), { permissions: '' })],
    ['in direct messages', by(null)],
    ['to /setup itself', by(newId(), {}, 'setup')],
    ['to a button', componentInteraction('w1:p:abc', { guildId: newId() })],
    ['without a member', { ...by(newId()), member: undefined } as unknown as APIInteraction],
  ])('%s', async (_, interaction) => {
    const answer = say('Hello');
    expect(await run(answer, interaction)).toBe(answer);
  });

  it.each<[string, Answer]>([
    ['that is a refusal', { ...say('no'), outcome: 'refused' }],
    ['that is a failure', { ...say('no'), outcome: 'failed' }],
    [
      'that opens a form',
      { response: { type: InteractionResponseType.Modal, data: { custom_id: 'x', title: 'x', components: [] } } },
    ],
  ])('%s, and the next one has the line', async (_, answer) => {
    const guildId = newId();
    expect(await run(answer, by(guildId))).toBe(answer);
    expect(dataOf(await run(say('Hello'), by(guildId)))).toMatchObject({ content: `Hello\n${LINE}` });
  });

  it('in a server that was set up', async () => {
    const guildId = newId();
    await recordSetup(store, guildId, 'en');
    const answer = say('Hello');
    expect(await run(answer, by(guildId))).toBe(answer);
  });

  it('if its settings are not in memory, and the next one has the line', async () => {
    const guildId = newId();
    const answer = say('Hello');
    const router = hinting(answer);
    expect(await router(by(guildId))).toBe(answer);
    await settingsCache.settingsOf(guildId);
    expect(dataOf(await router(by(guildId)))).toMatchObject({ content: `Hello\n${LINE}` });
  });

  it('if the database fails, and the next one has the line', async () => {
    const guildId = newId();
    const answer = say('Hello');
    let isDown = true;
    const down = () => Promise.reject(new StoreError('unavailable', 'down'));
    const router = hinting(answer, { ...store, run: (work) => (isDown ? down() : store.run(work)) });
    await settingsCache.settingsOf(guildId);
    expect(await router(by(guildId))).toBe(answer);
    isDown = false;
    expect(dataOf(await router(by(guildId)))).toMatchObject({ content: `Hello\n${LINE}` });
  });

  it('if the line cannot be made: that is logged', async () => {
    const broken = {
      peek: () => {
        throw new TypeError('broken');
      },
    };
    const logged: unknown[] = [];
    const answer = say('Hello');
    const router = withSetupHint(async () => answer, {
      contexts: contextsWith(),
      settingsCache: broken,
      store,
      log: openLog('info', { write: (line: string) => void logged.push(JSON.parse(line)) }),
      clock,
    });
    expect(await router(by(newId()))).toBe(answer);
    expect(logged).toMatchObject([{ level: 50, msg: 'line about /setup not added' }]);
  });

  it('if another command in the server gets the line at the same time, which is written once', async () => {
    const guildId = newId();
    await settingsCache.settingsOf(guildId);
    const counted = observed(store);
    const router = hinting(say('Hello'), counted.store);
    const answers = await Promise.all([router(by(guildId)), router(by(guildId))]);
    const contents = answers.map((answer) => JSON.stringify(dataOf(answer)).includes('-# '));
    expect(contents.filter(Boolean)).toHaveLength(1);
    expect(counted.state.reads).toBe(1);
  });

  it('if another process wrote that the server got the line', async () => {
    const guildId = newId();
    const answers = await Promise.all([1, 2].map(() => run(say('Hello'), by(guildId))));
    const contents = answers.map((answer) => JSON.stringify(dataOf(answer)).includes('-# '));
    expect(contents.filter(Boolean)).toHaveLength(1);
  });

  it('if the settings in memory say that the server got the line, without asking the database', async () => {
    const guildId = newId();
    await recordHint(store, guildId);
    const answer = say('Hello');
    const counted = observed(store);
    await settingsCache.settingsOf(guildId);
    expect(await hinting(answer, counted.store)(by(guildId))).toBe(answer);
    expect(counted.state.reads).toBe(0);
  });

  it('if the database does not answer within 250 ms', async () => {
    const answer = say('Hello');
    const running = run(answer, by(newId()), { ...store, run: () => new Promise(() => undefined) });
    await settle();
    await clock.advance(250);
    expect(await running).toBe(answer);
  });
});

it('is in an answer that comes from the cache of pages', async () => {
  const cached = new PageAnswerCache().add('key', { answer: say('Hello'), page: front });
  expect(cached.json).toContain('Hello');
  const answer = await run(cached, by(newId()));
  // What is sent would be the JSON, if there were one.
  expect(answer).not.toHaveProperty('json');
  expect(dataOf(answer)).toMatchObject({ content: `Hello\n${LINE}` });
});
