// /setup while the database fails: the person reads that in private, and no setting is lost.
import { type APIInteraction, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { setupCommand, setupComponents } from '../../../commands/setup.ts';
import { errorMessageFor } from '../../../src/discord/error-message.ts';
import { ContextSource } from '../../../src/discord/render-context.ts';
import { createRouter } from '../../../src/discord/router.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { ReplyCache } from '../../../src/replies/cache.ts';
import { changeSetting, readSettings, stopForum } from '../../../src/servers/settings.ts';
import { SettingsCache } from '../../../src/servers/settings-cache.ts';
import { refusal, stubRest } from '../../discord/rest-stub.ts';
import { commandInteraction, componentInteraction, MESSAGE_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { down, observed } from '../../replies/stores.ts';
import { openCommandWorld } from '../world.ts';

const en = messagesFor('en');
const [FORUM, HELPERS, ROLE] = ['5', '6', '31'] as const;
/** The panel, which only the person who used the command sees. */
const panel = { id: MESSAGE_ID, flags: MessageFlags.Ephemeral, embeds: [] };
const { services, store, clock, close } = openCommandWorld();
afterAll(close);

const { store: failing, state } = observed(store);
afterEach(() => {
  delete state.failure;
});

/** The bot's handlers with empty caches, for which Discord does not look anything up. */
function open() {
  const { log } = services;
  const [settingsCache, replyCache] = [new SettingsCache(failing, { log }), new ReplyCache(failing, { log })];
  const contexts = new ContextSource(services.contexts.content, { replyCache, settingsCache, log, clock });
  const { rest, requests } = stubRest(() => refusal(500));
  const own = { ...services, store: failing, settingsCache, replyCache, contexts, rest };
  const errors = { contexts, log, clock };
  const router = createRouter(
    {
      commands: () => [setupCommand(own)],
      components: [setupComponents(own)],
      onUnknownComponent: () => expect.fail('each control has a handler'),
    },
    errors,
  );
  /** What the person reads at last. A new answer is private; an update changes the panel, which is private. */
  const textOf = async (interaction: APIInteraction): Promise<string | undefined> => {
    const { response, later } = await router(interaction);
    if (response.type !== InteractionResponseType.DeferredMessageUpdate)
      expect(response).toMatchObject({ data: { flags: MessageFlags.Ephemeral } });
    return later?.().then(
      ({ content }) => content,
      (error) => errorMessageFor(error, interaction, errors),
    );
  };
  return { textOf, requests };
}

/** A server in which everything is set, and answers have stopped. */
async function setUp(): Promise<string> {
  const guildId = newId();
  const by = '70';
  await changeSetting(store, guildId, { name: 'forums', value: [FORUM], by });
  await changeSetting(store, guildId, { name: 'helper-roles', value: [ROLE], by });
  await changeSetting(store, guildId, { name: 'helpers-channel', value: HELPERS, by });
  await store.transact((trx) => stopForum(trx, store, guildId, FORUM), { changedGuild: guildId });
  return guildId;
}

const press = (guildId: string, control: string, values: string[] = []) => {
  const all = Object.fromEntries(values.map((id) => [id, { id }]));
  const data = { resolved: control === 'roles' ? { roles: all } : { channels: all } };
  return componentInteraction(`s1:${control}`, { guildId, message: panel, values, data });
};

describe('while the database fails', () => {
  it.each([
    ['was used before', setUp],
    ['was not used before', async () => newId()],
  ])('/setup in a server in which it %s says so, and opens the panel later', async (_, prepare) => {
    const guildId = await prepare();
    const before = await readSettings(store, guildId);
    const { textOf } = open();
    const command = () => textOf(commandInteraction('setup', {}, { guildId }));
    state.failure = down;
    expect(await command()).toBe(en.error.store.unavailable);
    delete state.failure;
    expect(await command()).toBe('');
    const { isSetUp, ...after } = await readSettings(store, guildId);
    expect(isSetUp).toBe(true);
    expect(after).toMatchObject({
      forums: before.forums,
      helperRoles: before.helperRoles,
      lastChange: before.lastChange,
    });
  });

  const CHANGES = [
    ['forums', ['7'], { forums: ['7'] }],
    ['roles', ['32'], { helperRoles: ['32'] }],
    ['person', ['8'], { helpersChannel: '8' }],
    ['language', ['en'], { language: 'en' }],
    ['resume', [], { stoppedForums: [] }],
  ] as const;
  it.each(
    CHANGES.flatMap(([control, values, change]) =>
      [true, false].map((isCached) => [control, isCached, values, change] as const),
    ),
  )(
    's1:%s says so and changes nothing (settings in memory: %s), and works later',
    async (control, isCached, values, change) => {
      const guildId = await setUp();
      const { textOf } = open();
      if (isCached) await textOf(commandInteraction('setup', {}, { guildId }));
      const before = await readSettings(store, guildId);
      const interaction = press(guildId, control, [...values]);
      state.failure = down;
      expect(await textOf(interaction)).toBe(en.error.store.unavailable);
      expect(await readSettings(store, guildId)).toEqual(before);
      delete state.failure;
      expect(await textOf(interaction)).toBe('');
      expect(await readSettings(store, guildId)).toMatchObject(change);
    },
  );

  it('s1:pin says so, and posts nothing', async () => {
    const guildId = await setUp();
    const { textOf, requests } = open();
    state.failure = down;
    expect(await textOf(press(guildId, 'pin'))).toBe(en.error.store.unavailable);
    expect(requests).toEqual([]);
  });

  it('s1:try shows a sample: it needs no database', async () => {
    const guildId = await setUp();
    const { textOf } = open();
    state.failure = down;
    expect(await textOf(press(guildId, 'try'))).toBe(en.setup.noSample);
  });
});
