// Counting: which clicks and questions count, and as what.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { type Origin, readWalkId, type WalkAction, writeWalkId } from '../../src/discord/custom-id.ts';
import type { QuestionResult } from '../../src/discord/question-answering.ts';
import { createPressRecorder, recordQuestion } from '../../src/discord/usage.ts';
import type { Page } from '../../src/guide/model.ts';
import { topicsOf } from '../../src/replies/topics.ts';
import { componentInteraction } from '../interactions.ts';
import { altered, edition, front, rear, recordingStats, replyOf, start } from './parts.ts';

const PRIVATE = { message: { id: '1', flags: 64 } };

interface Press {
  readonly context?: object;
  /** Seen after the click. */
  readonly shown?: Page | undefined;
}

function open() {
  const { stats, counts } = recordingStats();
  let now = 0;
  const record = createPressRecorder(stats, () => now);
  const pressId = (customId: string, { shown, context = PRIVATE }: Press) => {
    const id = readWalkId(customId, edition) ?? expect.fail('a walk button');
    record(componentInteraction(customId, context), id, shown, edition);
  };
  const press = (action: WalkAction, path: readonly Page[], how: Press = {}) =>
    pressId(writeWalkId(action, path, { edition }), { shown: path.at(-1), ...how });
  /** What has been counted since the last call, without the server's id. */
  const counted = () => counts.splice(0).map((one) => one.slice(one.indexOf(' ') + 1));
  const wait = (ms: number) => {
    now += ms;
  };
  return { record, press, pressId, counted, wait, counts };
}

/** A public or private message with a Start over button on a page. */
const withStartOver = (page: Page, flags: number) => {
  const button = (custom_id: string) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: 'x',
    custom_id,
  });
  const link = { type: ComponentType.Button, style: ButtonStyle.Link, label: 'x', url: 'https://example.org' };
  const components = [
    { type: ComponentType.TextDisplay, content: 'x' },
    {
      type: ComponentType.ActionRow,
      components: [link, button(writeWalkId('plan', [rear], { edition })), button('other')],
    },
    { type: ComponentType.ActionRow, components: [button(writeWalkId('startOver', [start, page], { edition }))] },
  ];
  return { message: { id: '2', flags, components } };
};

describe('a click in a private walk', () => {
  it('counts the page that is left, the page that is seen, and the guide of a link', () => {
    const { press, counted, counts } = open();
    press('open', [start, front]);
    expect(counts[0]).toMatch(/^900000000000000001 /);
    expect(counted()).toEqual(['left open-door#start', 'seen open-door#front', 'followed open-door']);
  });

  it('counts a button that is not a link of its page without a guide', () => {
    const { press, counted } = open();
    press('back', [start, front], { shown: start });
    expect(counted()).toEqual(['left open-door#front', 'seen open-door#start']);
  });

  it('begins a walk on a message without a page', () => {
    const { press, counted } = open();
    press('open', [start]);
    expect(counted()).toEqual(['seen open-door#start']);
    press('open', [rear]);
    expect(counted()).toEqual(['seen other#rear']);
  });

  it('ends on a message without a page', () => {
    const { press, counted } = open();
    press('startOver', [front], { shown: undefined });
    expect(counted()).toEqual(['left open-door#front']);
  });

  it.each(['plan', 'sendPlan'] as const)('counts nothing for %s', (action) => {
    const { press, counted, wait } = open();
    press(action, [start, front], { shown: start });
    expect(counted()).toEqual([]);
    wait(5000);
    press('open', [front, rear]);
    expect(counted()).toHaveLength(3);
  });

  it('counts nothing for the sources of a page, also on a public message', () => {
    const { press, counted } = open();
    press('sources', [start, front], { shown: front });
    press('sources', [front], { shown: front, context: { message: { id: '1', flags: 0 }, userId: '5' } });
    expect(counted()).toEqual([]);
  });

  it('counts whether the page helped', () => {
    const { press, counted } = open();
    press('helped', [start, front]);
    press('notHelped', [start, front]);
    expect(counted()).toEqual(['helped open-door#front', 'not-helped open-door#front']);
  });

  it('counts no feedback about a page that no longer exists', () => {
    const { pressId, counted } = open();
    pressId(`w1:y:${front.code}???`, { shown: front });
    pressId(`w1:n:${front.code}???`, { shown: front });
    expect(counted()).toEqual([]);
  });

  it('counts nothing in direct messages', () => {
    const { press, counted } = open();
    press('open', [start, front], { context: { ...PRIVATE, guildId: null } });
    expect(counted()).toEqual([]);
  });

  it('takes the page from the Start over button if the pressed one does not name it', () => {
    const { press, counted } = open();
    press('toPage', [start], { context: withStartOver(front, 64) });
    expect(counted()).toEqual(['left open-door#front', 'seen open-door#start']);
  });

  it('counts no step if nothing names the page', () => {
    const { press, counted } = open();
    press('toPage', [start]);
    press('toPage', [start], { context: { message: { id: '3', flags: 64, components: undefined } } });
    expect(counted()).toEqual([]);
  });
});

describe('a topic that was not meant', () => {
  const guess: Origin = { isGuess: true, topics: [front.name, rear.name] };
  const choice: Origin = { ...guess, isGuess: false };
  const idOf = (action: WalkAction, path: readonly Page[], origin: Origin) =>
    writeWalkId(action, path, { edition, origin });

  it('is counted after Not this, once for a double click', () => {
    const { pressId, counted, wait } = open();
    pressId(idOf('offers', [front], guess), {});
    pressId(idOf('offers', [front], guess), {});
    expect(counted()).toEqual([`refused ${front.name}`, `left ${front.name}`]);
    wait(3000);
    pressId(idOf('offers', [front], guess), {});
    expect(counted()).toContain(`refused ${front.name}`);
  });

  it('is counted for each person after Not this on a public message', () => {
    const { pressId, counted } = open();
    for (const userId of ['5', '6', '6'])
      pressId(idOf('offers', [], guess), { context: { message: { id: '1', flags: 0 }, userId } });
    expect(counted()).toEqual([`refused ${front.name}`, `refused ${front.name}`]);
  });

  it('is not counted after Back to a choice', () => {
    const { pressId, counted } = open();
    pressId(idOf('offers', [front], choice), {});
    expect(counted()).toEqual([`left ${front.name}`]);
  });

  it('is counted as the first of a choice after None of these', () => {
    const { pressId, counted } = open();
    pressId(idOf('none', [], choice), {});
    expect(counted()).toEqual([`none ${front.name}`]);
  });

  it('is not counted in direct messages', () => {
    const { pressId, counts } = open();
    const context = { ...PRIVATE, guildId: null };
    pressId(idOf('offers', [front], guess), { context });
    pressId(idOf('none', [], choice), { context });
    expect(counts).toEqual([]);
  });
});

describe('a double click', () => {
  it('counts once within three seconds', () => {
    const { press, counted, wait } = open();
    press('open', [start, front]);
    counted();
    wait(2999);
    press('open', [start, front]);
    expect(counted()).toEqual([]);
    wait(1);
    press('open', [start, front]);
    expect(counted()).toHaveLength(3);
  });

  it('on two buttons of a page leaves the page that the first one opened', () => {
    const { press, counted, wait } = open();
    press('open', [start, front]);
    counted();
    wait(2999);
    press('open', [start, rear]);
    expect(counted()).toEqual(['left open-door#front', 'seen other#rear', 'followed other']);
    wait(3000);
    press('open', [start, front]);
    expect(counted()).toEqual(['left open-door#start', 'seen open-door#front', 'followed open-door']);
  });

  it('on buttons of two pages are two steps', () => {
    const { press, counted, wait } = open();
    press('open', [start, front]);
    counted();
    wait(100);
    press('open', [start, front, rear]);
    expect(counted()).toEqual(['left open-door#front', 'seen other#rear', 'followed other']);
  });

  it('on two messages are two steps', () => {
    const { press, counted } = open();
    press('open', [start, front]);
    press('open', [start, front], { context: { message: { id: '2', flags: 64 } } });
    expect(counted()).toHaveLength(6);
  });

  it('is recognized on the last 1000 messages, and on 2000 at most', () => {
    const { record, counted } = open();
    const customId = writeWalkId('open', [start, front], { edition });
    const id = readWalkId(customId, edition) ?? expect.fail('a walk button');
    const interaction = componentInteraction(customId, PRIVATE);
    const onMessage = (message: number) =>
      record(altered(interaction, { message: { id: String(message), flags: 64 } }), id, front, edition);
    for (let id = 0; id < 1000; id++) onMessage(id);
    counted();
    onMessage(0);
    expect(counted()).toEqual([]);
    for (let id = 1000; id < 3000; id++) onMessage(id);
    counted();
    onMessage(0);
    expect(counted()).toHaveLength(3);
  });
});

describe('a click on a public message', () => {
  const by = (userId: string) => ({ message: { id: '1', flags: 0 }, userId });

  it('begins a walk, whatever the message shows', () => {
    const { press, counted } = open();
    press('open', [start, front], { context: by('5') });
    expect(counted()).toEqual(['seen open-door#front', 'followed open-door']);
    press('toPage', [start], { context: withStartOver(front, 0) });
    expect(counted()).toEqual(['seen open-door#start']);
  });

  it('counts for each person', () => {
    const { press, counted } = open();
    press('open', [start, front], { context: by('5') });
    press('open', [start, front], { context: by('5') });
    press('open', [start, front], { context: by('6') });
    expect(counted().filter((one) => one.startsWith('seen'))).toHaveLength(2);
  });

  it('begins a walk even if nothing names the page', () => {
    const { press, counted } = open();
    press('toPage', [start], { context: by('5') });
    expect(counted()).toEqual(['seen open-door#start']);
  });
});

describe('a question', () => {
  const reply = replyOf('r:abcd1234');
  const topics = topicsOf(edition, [reply]);
  const topic = (id: string) => topics.find(id) ?? expect.fail(id);
  const sure = (id: string): QuestionResult => ({ kind: 'sure', topics: [topic(id), topic('other#rear')] });

  it.each<[string, QuestionResult, boolean, string[]]>([
    ['that is answered with a page', sure(front.name), false, ['g asked answered', `g seen ${front.name}`]],
    [
      'that is answered with a page for everyone',
      sure(front.name),
      true,
      ['g asked answered', `g shown ${front.name}`],
    ],
    ['that is answered with a reply', sure(reply.topic), false, ['g asked answered']],
    ['that is answered with a reply for everyone', sure(reply.topic), true, ['g asked answered', 'g shown r:abcd1234']],
    ['with a choice', { kind: 'unsure', topics: [topic(front.name)] }, true, ['g asked unsure']],
    ['without an answer', { kind: 'declined', isOtherLanguage: false }, false, ['g asked declined']],
    [
      'on another subject',
      { kind: 'pointer', pointer: { id: 'zoo', text: 'Ask the zoo.', questions: [] } },
      false,
      ['g asked declined'],
    ],
    ['that comes too early', { kind: 'busy' }, false, []],
    ['that only thanks', { kind: 'courtesy' }, false, []],
  ])('%s is counted', (_, found, isPublic, expected) => {
    const { stats, counts, questions } = recordingStats();
    recordQuestion(stats, 'g', found, { question: 'why', isPublic });
    expect(counts).toEqual(expected);
    expect(questions).toEqual(found.kind === 'declined' ? ['g why'] : []);
  });
});
