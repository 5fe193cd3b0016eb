// Registering: commands are written only where something differs, and other commands stay.
import { describe, expect, it } from 'vitest';
import { commandDifferences, registerCommands } from '../../src/discord/register.ts';
import { stubRest } from './rest-stub.ts';

type Definitions = Parameters<typeof registerCommands>[2];

const ROUTE = '/applications/1/commands';
const ask = { name: 'ask', description: 'Ask' };
const full = {
  name: 'faq',
  description: 'Show',
  contexts: [0],
  integration_types: [0],
  default_member_permissions: '8',
  options: [
    { type: 3 as const, name: 'topic', description: 'Topic', required: true, autocomplete: true as const },
    { type: 5 as const, name: 'public', description: 'Public' },
  ],
};
/** A command as Discord lists it: with its own fields, its defaults, and another order. */
const listed = (definition: { readonly name: string }) => ({
  default_permission: true,
  dm_permission: true,
  nsfw: false,
  name_localizations: null,
  description_localizations: null,
  id: '5',
  version: '6',
  application_id: '1',
  guild_id: '7',
  handler: 1,
  type: 1,
  ...Object.fromEntries(Object.entries(definition).reverse()),
  name: definition.name,
});

/** An application that has these commands. */
function open(commands: unknown) {
  let kept = commands;
  const stub = stubRest(({ method, body }) => {
    if (method === 'PUT' && Array.isArray(body)) kept = body.map(listed);
    return { body: kept };
  });
  const register = (definitions: Definitions, guildId?: string) =>
    registerCommands(stub.rest, '1', definitions, guildId).then(({ isWritten }) => isWritten);
  const ids = (definitions: Definitions, guildId?: string) =>
    registerCommands(stub.rest, '1', definitions, guildId).then((registered) => [...registered.ids]);
  return { ...stub, register, ids };
}
const inFrench = (text: string): Definitions => [{ ...ask, description_localizations: { fr: text } }];

describe('commands', () => {
  it('are written once, and again when a localization changes', async () => {
    const { register, lines } = open([]);
    expect(await register(inFrench('Demander'))).toBe(true);
    expect(await register(inFrench('Demander'))).toBe(false);
    expect(await register(inFrench('Poser une question'))).toBe(true);
    expect(await register([ask])).toBe(true);
    expect(await register([{ ...ask, description_localizations: null }])).toBe(false);
    expect(lines().slice(0, 3)).toEqual([
      `GET ${ROUTE}?with_localizations=true`,
      `PUT ${ROUTE}`,
      `GET ${ROUTE}?with_localizations=true`,
    ]);
  });

  it('of types that the bot does not manage stay, and a second start writes nothing', async () => {
    const launch = { id: '9', name: 'launch', type: 4, handler: 2, unknown: 'field' };
    const { register, requests } = open([launch]);
    expect(await register([ask])).toBe(true);
    expect(requests.at(-1)?.body).toEqual([ask, launch]);
    expect(await register([ask])).toBe(false);
  });

  it('that the bot no longer has are deleted, user commands included', async () => {
    for (const old of [{ name: 'old' }, { name: 'ask', type: 2 }, { name: 'ask', type: 3 }]) {
      const { register, requests } = open([listed(ask), old]);
      expect(await register([ask])).toBe(true);
      expect(requests.at(-1)?.body).toEqual([ask]);
    }
  });

  it('of one server have no fields that Discord refuses there', async () => {
    const { register, requests, lines } = open([]);
    expect(await register([full], '7')).toBe(true);
    const { contexts: _, integration_types: __, ...rest } = full;
    expect(lines().at(-1)).toBe('PUT /applications/1/guilds/7/commands');
    expect(requests.at(-1)?.body).toEqual([rest]);
    expect(await register([full], '7')).toBe(false);
    expect(await register([full])).toBe(true);
  });

  it.each([
    ['a page', '<html>'],
    ['an object', {}],
    ['a command without a name', [{ type: 1 }]],
    ['a command with another kind of type', [{ name: 'a', type: '1' }]],
  ])('are not written if the list is %s', async (_, list) => {
    const { register, lines } = open(list);
    await expect(register([ask])).rejects.toMatchObject({
      name: 'UnexpectedAnswerError',
      message: expect.stringContaining('GET /applications/:id/commands'),
    });
    expect(lines()).toHaveLength(1);
  });
});

describe('the ids', () => {
  const menu = { name: 'faq', type: 3 as const };
  const withIds = [
    { ...listed(ask), id: '11' },
    { ...listed(menu), id: '12' },
    { id: '13', name: 'launch', type: 4 },
  ];

  it('are those of the slash commands that Discord lists', async () => {
    const { ids, lines } = open(withIds);
    expect(await ids([ask, menu])).toEqual([['ask', '11']]);
    expect(lines()).toHaveLength(1);
  });

  it('are those of Discord’s answer after the commands are written', async () => {
    const { ids, lines } = open([]);
    expect(await ids([ask, menu])).toEqual([['ask', '5']]);
    expect(lines()).toHaveLength(2);
  });

  it('are unknown if Discord’s answer cannot be read, or has none', async () => {
    for (const body of ['<html>', [{ name: 'ask' }]]) {
      const stub = stubRest(({ method }) => ({ body: method === 'PUT' ? body : [] }));
      expect(await registerCommands(stub.rest, '1', [ask])).toEqual({ isWritten: true, ids: new Map() });
    }
  });
});

describe('the differences', () => {
  const none = { missing: [], different: [], leftOver: [] };

  it('are none in any order, with Discord’s own fields and defaults', () => {
    expect(commandDifferences([listed(full), listed(ask)], [ask, full])).toEqual(none);
    expect(commandDifferences([listed(ask)], [{ ...ask, type: 1, options: [], nsfw: false }])).toEqual(none);
  });

  it.each([
    ['another description', { description: 'Other' }],
    ['other permissions', { default_member_permissions: '0' }],
    ['other contexts', { contexts: [0, 1] }],
    ['an age limit', { nsfw: true }],
    ['options in another order', { options: [...full.options].reverse() }],
    ['an option that is not required', { options: [{ ...full.options[0], required: false }, full.options[1]] }],
  ])('include %s', (_, change) => {
    expect(commandDifferences([listed({ ...full, ...change })], [full])).toEqual({
      ...none,
      different: ['faq'],
    });
  });

  it('include commands that are missing or left over, by name and type', () => {
    const menu = { name: 'ask', type: 3 as const };
    expect(commandDifferences([ask, { name: 'old' }, { name: 'user', type: 2 }], [ask, menu])).toEqual({
      missing: ['ask'],
      different: [],
      leftOver: ['old', 'user'],
    });
    expect(commandDifferences([], [full, ask])).toEqual({ ...none, missing: ['faq', 'ask'] });
  });

  it('leave out commands of other types', () => {
    expect(commandDifferences([{ name: 'launch', type: 4 }, { name: 'old' }], [])).toEqual({
      ...none,
      leftOver: ['old'],
    });
  });

  it('in one server leave out the fields for global commands', () => {
    const { contexts: _, integration_types: __, ...rest } = full;
    const registered = [listed(rest)];
    expect(commandDifferences(registered, [full], '7')).toEqual(none);
    expect(commandDifferences(registered, [full])).toEqual({ ...none, different: ['faq'] });
  });
});
