// The router: which handler gets an interaction, and the answer if there is none or it fails.
import { InteractionType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { type Answer, messageBody, Refusal, replyPublicly, say, updateMessage } from '../../src/discord/answer.ts';
import type { Command, ComponentHandler } from '../../src/discord/command.ts';
import { createRouter } from '../../src/discord/router.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import {
  autocompleteInteraction,
  commandInteraction,
  componentInteraction,
  messageCommandInteraction,
  modalInteraction,
} from '../interactions.ts';
import { altered, contextsWith, LEVEL, recordingLog } from './parts.ts';

const en = messagesFor('en');
const chat = (name: string, more: Partial<Command> = {}): Command => ({
  definition: { name, description: 'd' },
  run: () => say(`/${name}`),
  ...more,
});
const starting = (prefix: string, more: Partial<ComponentHandler>): ComponentHandler => ({
  matches: (id) => id.startsWith(prefix),
  ...more,
});

function open(commands: readonly Command[] = [], components: readonly ComponentHandler[] = []) {
  const { log, lines } = recordingLog();
  const onUnknownComponent = async () => say('unknown');
  const handlers = { commands: () => commands, components, onUnknownComponent };
  return { route: createRouter(handlers, { contexts: contextsWith(), log, clock: { random: () => 0 } }), lines };
}

const choose = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value: `v${i}` }));
const offered = ({ response }: Answer) => ('data' in response && response.data ? response.data : undefined);

describe('a command', () => {
  const help = chat('help');
  const about = chat('about', { definition: { name: 'about', description: 'd', type: 1 } });

  it('is found by its name', async () => {
    const { route } = open([help, about]);
    expect(await route(commandInteraction('about'))).toEqual(say('/about'));
    expect(await route(commandInteraction('help'))).toEqual(say('/help'));
  });

  it('of a message is distinguished from a slash command of the same name', async () => {
    const menu: Command = { definition: { name: 'help', type: 3 }, onMessageCommand: () => say('menu') };
    const { route } = open([menu, help]);
    expect(await route(commandInteraction('help'))).toEqual(say('/help'));
    expect(await route(messageCommandInteraction('help', { id: '1' }))).toEqual(say('menu'));
  });

  it('that no longer exists has an answer', async () => {
    const { route } = open([help, { definition: { name: 'empty', description: 'd' } }]);
    for (const gone of [
      commandInteraction('gone'),
      commandInteraction('empty'),
      messageCommandInteraction('help', { id: '1' }),
      altered(commandInteraction('help'), { data: { name: 'help', type: 2 } }),
      altered(commandInteraction('help'), { data: undefined }),
    ])
      expect(await route(gone)).toEqual(say(en.error.noCommand));
  });

  it('that no longer exists has an answer that mentions another one, if its id is known', async () => {
    const contexts = contextsWith();
    contexts.replaceCommandIds(new Map([['help', '5']]), undefined);
    const handlers = { commands: () => [], components: [], onUnknownComponent: async () => say('') };
    const route = createRouter(handlers, { contexts, log: recordingLog().log, clock: { random: () => 0 } });
    expect(JSON.stringify(await route(commandInteraction('gone')))).toContain('</help:5>');
  });

  it('is looked up in the content that is served now', async () => {
    let commands: Command[] = [];
    const { log } = recordingLog();
    const handlers = { commands: () => commands, components: [], onUnknownComponent: async () => say('') };
    const route = createRouter(handlers, { contexts: contextsWith(), log, clock: { random: () => 0 } });
    commands = [help];
    expect(await route(commandInteraction('help'))).toEqual(say('/help'));
  });
});

describe('autocomplete', () => {
  const typing = (name: string) => autocompleteInteraction(name, ['topic', 'x']);
  const suggesting = (name: string, count: number) => chat(name, { autocomplete: async () => choose(count) });

  it('gets the choices of its command, at most 25', async () => {
    const { route } = open([suggesting('other', 1), suggesting('faq', 26)]);
    expect(await route(typing('faq'))).toEqual({ response: { type: 8, data: { choices: choose(25) } } });
    expect(offered(await route(typing('other')))).toEqual({ choices: choose(1) });
  });

  it('has no choices without a command, or without its function', async () => {
    const { route } = open([chat('help')]);
    for (const name of ['gone', 'help'])
      expect(await route(typing(name))).toEqual({ response: { type: 8, data: { choices: [] } } });
  });

  it('that fails has no choices, and is logged', async () => {
    const { route, lines } = open([
      chat('faq', {
        autocomplete: () => {
          throw new Error('bug');
        },
      }),
    ]);
    expect(await route(typing('faq'))).toEqual({ response: { type: 8, data: { choices: [] } }, outcome: 'failed' });
    expect(lines).toMatchObject([{ level: LEVEL.error, msg: 'autocomplete failed', err: { message: 'bug' } }]);
  });
});

describe('a button', () => {
  const answered = starting('a:', {
    onComponent: ({ data }) => updateMessage(messageBody({ content: data.custom_id })),
  });
  const privately = (id: string) => componentInteraction(id, { message: { id: '1', flags: 64 } });

  it('goes to the first handler that matches and has a function for it', async () => {
    const second = starting('a', { onComponent: () => say('second') });
    const { route } = open([], [starting('a', {}), answered, second]);
    expect(await route(privately('a:1'))).toEqual(updateMessage(messageBody({ content: 'a:1' })));
    expect(await route(privately('ab'))).toEqual(say('second'));
  });

  it('that no handler knows has an answer', async () => {
    const { route } = open([], [answered]);
    expect(await route(componentInteraction('b:1'))).toEqual(say('unknown'));
    expect(await route(altered(componentInteraction('b:1'), { data: undefined }))).toEqual(say('unknown'));
  });

  it('of a public message is answered in private', async () => {
    const { route } = open([], [answered]);
    expect(await route(componentInteraction('a:1'))).toEqual(say('a:1'));
  });
});

describe('a modal', () => {
  it('goes to the first handler that matches and has a function for it', async () => {
    const first = starting('m:', { onComponent: () => say('button') });
    const second = starting('m:', { onModal: async ({ data }) => say(data.custom_id) });
    const { route } = open([], [first, starting('n:', { onModal: () => say('n') }), second]);
    expect(await route(modalInteraction('m:1', {}))).toEqual(say('m:1'));
  });

  it('that no handler knows has an answer', async () => {
    const { route } = open([], [starting('m:', { onComponent: () => say('button') })]);
    expect(await route(modalInteraction('m:1', {}))).toEqual(say(en.error.noCommand));
    expect(await route(altered(modalInteraction('m:1', {}), { data: undefined }))).toEqual(say(en.error.noCommand));
  });

  it('from a public message does not change it', async () => {
    const handler = starting('m:', { onModal: () => updateMessage(messageBody({ content: 'done' })) });
    const { route } = open([], [handler]);
    expect(await route(modalInteraction('m:1', {}))).toEqual(say('done'));
  });
});

describe('an interaction', () => {
  it('to check the endpoint gets a pong', async () => {
    const ping = altered(commandInteraction('x'), { type: InteractionType.Ping });
    expect(await open().route(ping)).toEqual({ response: { type: 1 } });
  });

  it('of a later type has an answer', async () => {
    expect(await open().route(altered(commandInteraction('x'), { type: 99 }))).toEqual(say(en.error.noCommand));
  });

  it('with an invalid id reaches no command', async () => {
    let runs = 0;
    const counted = chat('help', {
      run: () => {
        runs += 1;
        return say('');
      },
    });
    const answer = await open([counted]).route(commandInteraction('help', {}, { guildId: '../1' }));
    expect(answer).toEqual({ ...say(en.error.bug('aaaaaaaa')), outcome: 'failed' });
    expect(runs).toBe(0);
  });

  it.each([
    ['refused', new Refusal('Not here.'), 'Not here.', 'refused'],
    ['failed', new Error('bug'), en.error.bug('aaaaaaaa'), 'failed'],
  ])('that is %s gets the message of the error', async (_, error, content, outcome) => {
    const run = async () => Promise.reject(error);
    const { route } = open([chat('help', { run })], [starting('a', { onComponent: run })]);
    expect(await route(commandInteraction('help'))).toEqual({ ...say(content), outcome });
    expect(await route(componentInteraction('a'))).toEqual({ ...say(content), outcome });
  });

  it('keeps the answer of its command', async () => {
    const answer = replyPublicly(messageBody({ content: 'all' }));
    expect(await open([chat('help', { run: () => answer })]).route(commandInteraction('help'))).toBe(answer);
  });
});
