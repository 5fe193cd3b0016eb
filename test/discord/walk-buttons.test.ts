// The buttons of a walk: what each shows, what is cached, and the plan as a direct message.
import { describe, expect, it } from 'vitest';
import { updateMessage } from '../../src/discord/answer.ts';
import { type Origin, type WalkAction, writeReplyId, writeWalkId } from '../../src/discord/custom-id.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { renderOffers, renderReply, renderUnknown } from '../../src/discord/views/ask.ts';
import { renderHelp } from '../../src/discord/views/help.ts';
import { renderFeedback, renderPage } from '../../src/discord/views/page.ts';
import { planEmbed, renderPlan } from '../../src/discord/views/plan.ts';
import { answerUnknownButton, createWalkButtons } from '../../src/discord/walk-buttons.ts';
import type { Page } from '../../src/guide/model.ts';
import type { Path } from '../../src/guide/walk.ts';
import { en } from '../../src/i18n/en.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { componentInteraction, GUILD_ID, USER_ID } from '../interactions.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { content, edition, front, rear, recordingLog, recordingStats, replyOf, settingsOfAll, start } from './parts.ts';
import { type Respond, refusal, stubRest } from './rest-stub.ts';

const own = replyOf('r:abcd1234');
const override = replyOf(front.name, { title: 'Ours' });
const OTHER_GUILD = '900000000000000099';
const origin: Origin = { isGuess: true, topics: [front.name, own.topic] };

let messages = 0;
/** A message that nobody has clicked on, seen by one person. */
const freshMessage = (flags = 64) => ({ message: { id: String(++messages), flags, components: [] } });

function open(respond?: Respond, served = content) {
  const stub = stubRest(respond);
  const { stats, counts } = recordingStats();
  const { log } = recordingLog();
  const clock = createVirtualClock(0);
  const peek = (guildId: string) => (guildId === OTHER_GUILD ? [own, override] : []);
  const replyCache = { peek, repliesOf: async (guildId: string) => peek(guildId) };
  const contexts = new ContextSource(served, { replyCache, settingsCache: settingsOfAll(), log, clock });
  const pageAnswers = new PageAnswerCache();
  const buttons = createWalkButtons({ contexts, pageAnswers, stats, rest: stub.rest, clock });
  const pressId = (customId: string, context: object = {}) =>
    buttons.onComponent(componentInteraction(customId, { ...freshMessage(), ...context }));
  const press = (action: WalkAction, path: readonly Page[], context: object = {}) =>
    pressId(writeWalkId(action, path, { edition }), context);
  const contextIn = (guild_id = GUILD_ID) => contexts.contextFor({ locale: 'en-US', guild_id });
  return { ...stub, counts, contexts, contextIn, matches: buttons.matches, press, pressId, clock };
}
const context = await open().contextIn();
const WALK: Path = [start, front];

describe('a button of a walk', () => {
  it('is known by its custom_id', () => {
    const { matches } = open();
    expect([matches(writeWalkId('open', [start], { edition })), matches('c1:cancel')]).toEqual([true, false]);
  });

  it.each<[WalkAction, readonly Page[], Path]>([
    ['open', WALK, WALK],
    ['toPage', WALK, WALK],
    ['back', [start, front, rear], WALK],
    ['startOver', [front, rear], [start]],
    ['openGuide', [front], [start]],
  ])('%s shows a page', async (action, path, shown) => {
    const { response } = await open().press(action, path);
    expect(response).toEqual(updateMessage(renderPage(shown, context)).response);
  });

  it('plan shows the steps', async () => {
    expect(await open().press('plan', WALK)).toEqual(updateMessage(renderPlan(WALK, context)));
  });

  it.each([
    ['helped', true],
    ['notHelped', false],
  ] as const)('%s shows thanks or advice', async (action, hasHelped) => {
    expect(await open().press(action, WALK)).toEqual(updateMessage(renderFeedback(WALK, context, hasHelped)));
  });

  it.each(['p', 's', 'o', 'm', 'y'])(
    'w1:%s: to a page that no longer exists shows the nearest one, and says so',
    async (letter) => {
      const { response } = await open().pressId(`w1:${letter}:${start.code}${front.code}???`);
      expect(response).toEqual(updateMessage(renderPage(WALK, context, en.page.moved)).response);
    },
  );

  it.each(['w1:p:???', 'w1:x:abc', 'w1:'])('%s that cannot be read shows the guides', async (customId) => {
    const { pressId, counts } = open();
    expect(await pressId(customId)).toEqual(updateMessage(renderHelp(content, context, en.help.lost)));
    expect(counts).toEqual([]);
  });

  it('that is not of a walk shows the guides, too', async () => {
    const { contexts } = open();
    expect(await answerUnknownButton(contexts, { locale: 'en-US', guild_id: GUILD_ID })).toEqual(
      updateMessage(renderHelp(content, context, en.help.lost)),
    );
  });

  it('shows the server’s own text in place of a page', async () => {
    const { press, contextIn } = open();
    const answer = await press('open', WALK, { guildId: OTHER_GUILD });
    expect(answer).toEqual(updateMessage(renderPage(WALK, await contextIn(OTHER_GUILD))));
    expect(JSON.stringify(answer)).toContain('Ours');
  });

  it('counts the page that it leaves and the page that it shows', async () => {
    const { press, counts } = open();
    await press('startOver', [front, rear]);
    expect(counts).toEqual([`${GUILD_ID} left ${rear.name}`, `${GUILD_ID} seen ${start.name}`]);
  });
});

describe('a walk that began with a question', () => {
  const writing = { edition, origin };

  it('keeps its question', async () => {
    const { pressId, contextIn } = open();
    const answer = await pressId(writeWalkId('open', WALK, writing), { guildId: OTHER_GUILD });
    expect(answer).toEqual(updateMessage(renderPage(WALK, { ...(await contextIn(OTHER_GUILD)), origin })));
  });

  it('forgets its question when it starts over', async () => {
    const answer = await open().pressId(writeWalkId('startOver', WALK, writing));
    expect(answer).toEqual(updateMessage(renderPage([start], context)));
  });

  it('shows the other topics after Not this, and counts the one that was not meant', async () => {
    const { pressId, contextIn, counts } = open();
    const answer = await pressId(writeWalkId('offers', [front], writing), { guildId: OTHER_GUILD });
    const others = { isGuess: false, topics: [own.topic] };
    expect(answer).toEqual(updateMessage(renderOffers(others, await contextIn(OTHER_GUILD))));
    expect(counts).toEqual([`${OTHER_GUILD} refused ${front.name}`, `${OTHER_GUILD} left ${front.name}`]);
  });

  it('says that the bot does not know if Not this leaves no topic', async () => {
    const only = { edition, origin: { isGuess: true, topics: [front.name] } };
    const answer = await open().pressId(writeWalkId('offers', [front], only));
    expect(answer).toEqual(updateMessage(renderUnknown(context)));
  });

  it('shows all topics of a choice after Back, and counts the page that is left', async () => {
    const { pressId, contextIn, counts } = open();
    const choice = { isGuess: false, topics: origin.topics };
    const answer = await pressId(writeWalkId('offers', [front], { edition, origin: choice }), { guildId: OTHER_GUILD });
    expect(answer).toEqual(updateMessage(renderOffers(choice, await contextIn(OTHER_GUILD))));
    expect(counts).toEqual([`${OTHER_GUILD} left ${front.name}`]);
  });

  it('may find none of them, which is counted for the first', async () => {
    const { pressId, counts } = open();
    const answer = await pressId(writeWalkId('none', [], writing));
    expect(answer).toEqual(updateMessage(renderUnknown(context)));
    expect(counts).toEqual([`${GUILD_ID} none ${front.name}`]);
  });

  it('shows a reply of the server', async () => {
    const { pressId, contextIn } = open();
    const its = await contextIn(OTHER_GUILD);
    const answer = await pressId(writeReplyId(own.topic, edition, origin), { guildId: OTHER_GUILD });
    const topic = its.topics.find(own.topic);
    if (topic?.kind !== 'reply') return expect.fail('it is a reply');
    expect(answer).toEqual(updateMessage(renderReply(topic, origin, its)));
  });

  it('shows the topics if the reply no longer exists', async () => {
    const answer = await open().pressId(writeReplyId(own.topic, edition, origin));
    expect(answer).toEqual(updateMessage(renderOffers(origin, context)));
  });

  it('needs its question for these buttons', async () => {
    const answer = await open().pressId(`w1:t:${own.topic.slice(2)}`);
    expect(answer).toEqual(updateMessage(renderHelp(content, context, en.help.lost)));
  });
});

describe('an answer that shows a page alone', () => {
  it.each<[WalkAction]>([['open'], ['back'], ['toPage'], ['startOver'], ['openGuide']])(
    'is cached for %s, and each click counts',
    async (action) => {
      const { press, counts } = open();
      const path = [start, front, rear];
      const first = await press(action, path);
      const counted = counts.splice(0);
      expect(await press(action, path)).toBe(first);
      expect(counts).toEqual(counted);
    },
  );

  it.each<[string, WalkAction, object]>([
    ['on a public message', 'open', { message: { id: '1', flags: 0, components: [] } }],
    ['of a server’s own text', 'open', { guildId: OTHER_GUILD }],
    ['with a plan', 'plan', {}],
    ['with thanks', 'helped', {}],
  ])('is not cached %s', async (_, action, more) => {
    const { press } = open();
    const first = await press(action, WALK, more);
    expect(await press(action, WALK, more)).not.toBe(first);
  });

  it.each([
    ['moved', `w1:p:${start.code}${front.code}???`],
    ['found for a question', writeWalkId('open', WALK, { edition, origin })],
  ])('is not cached if the page was %s', async (_, customId) => {
    const { pressId } = open();
    const first = await pressId(customId);
    expect(await pressId(customId)).not.toBe(first);
  });

  it('is not taken from the cache for a public message or a server with its own text', async () => {
    const { press } = open();
    const cached = await press('open', WALK);
    const publicly = await press('open', WALK, freshMessage(0));
    expect(publicly).not.toBe(cached);
    expect(publicly.response).toEqual(cached.response);
    expect(JSON.stringify(await press('open', WALK, { guildId: OTHER_GUILD }))).toContain('Ours');
  });

  it('is cached by language, path and version of the content', async () => {
    const { press, contexts } = open();
    const cached = await press('open', WALK);
    // There is no edition in French.
    expect(await press('open', WALK, { locale: 'fr' })).toBe(cached);
    expect(await press('open', [front])).not.toBe(cached);
    expect(await press('open', WALK)).toBe(cached);
    contexts.replaceContent({ ...content, version: 'another' });
    expect(await press('open', WALK)).not.toBe(cached);
  });
});

describe('a plan to be sent', () => {
  const POST = 'POST /channels/5/messages';
  const send = async (respond: Respond) => {
    const opened = open((request) =>
      request.path === '/users/@me/channels' ? { body: { id: '5' } } : respond(request),
    );
    const answer = await opened.press('sendPlan', WALK);
    return { ...opened, answer };
  };

  it('is deferred, and nothing is sent before Discord has that answer', async () => {
    const { answer, requests } = await send(() => undefined);
    expect(answer.response).toEqual({ type: 6 });
    expect(requests).toEqual([]);
  });

  it('goes to the person’s direct messages', async () => {
    const { answer, lines, requests } = await send(() => undefined);
    expect(await answer.later?.()).toEqual(renderPlan(WALK, context, { notice: en.plan.sent, isSent: true }));
    expect(lines()).toEqual(['POST /users/@me/channels', POST]);
    expect(requests[0]?.body).toEqual({ recipient_id: USER_ID });
    expect(requests[1]?.body).toMatchObject({
      content: '',
      embeds: [planEmbed(WALK, context, true)],
      components: [],
      nonce: expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['accepts none', () => refusal(403, 50_007), en.plan.closed],
    ['cannot be reached', () => refusal(500), en.plan.failed],
  ])('stays where it is if the person %s, and says why', async (_, respond, notice) => {
    const { answer } = await send(respond);
    expect(await answer.later?.()).toEqual(renderPlan(WALK, context, { notice }));
  });
});

describe('the language of a walk', () => {
  const inLanguages = contentInLanguages();
  const editionIn = (locale: string) => inLanguages.editions.get(locale) ?? expect.fail(`no edition ${locale}`);
  const [spanish, hindi] = [editionIn('es'), editionIn('hi')];
  const { pressId, contexts } = open(undefined, inLanguages);
  /** The title of the answer to a button. */
  const titleAfter = async (customId: string, locale: string, flags = 64) => {
    const { response } = await pressId(customId, { locale, ...freshMessage(flags) });
    return 'data' in response && response.data && 'embeds' in response.data
      ? response.data.embeds?.[0]?.title
      : undefined;
  };
  const id = (action: WalkAction, of = spanish, more: object = {}) =>
    writeWalkId(action, [rear], { edition: of, ...more });

  it('is carried in its buttons in private, also if somebody with another language presses them', async () => {
    for (const locale of ['en-US', 'hi', 'es-ES'])
      expect(await titleAfter(id('open'), locale)).toBe(SPANISH_TITLES.rear);
    expect(await titleAfter(id('open', hindi), 'es-ES')).toBe(HINDI_REAR);
    expect(await titleAfter(id('open', edition), 'es-ES')).toBe(rear.title);
  });

  it('is that of who presses, on a public message', async () => {
    expect(await titleAfter(id('open'), 'hi', 0)).toBe(HINDI_REAR);
    expect(await titleAfter(id('open'), 'fr', 0)).toBe(rear.title);
  });

  it('is that of a button which opens another language, also on a public message', async () => {
    for (const flags of [0, 64]) expect(await titleAfter(id('openIn'), 'hi', flags)).toBe(SPANISH_TITLES.rear);
  });

  it('is that of who presses a button of 1.0, which carries none', async () => {
    for (const flags of [0, 64]) expect(await titleAfter(`w1:p:${rear.code}`, 'hi', flags)).toBe(HINDI_REAR);
  });

  it('is that of who presses if its edition is gone', async () => {
    expect(await titleAfter(`w2:fr:p:${rear.code}`, 'hi')).toBe(HINDI_REAR);
  });

  it('is kept if the page of a button is gone, and its message shows the guides', async () => {
    const { response } = await pressId('w2:es:p:???', { locale: 'hi' });
    const its = await contexts.contextFor({ guild_id: GUILD_ID }, 'es');
    expect(response).toEqual(updateMessage(renderHelp(inLanguages, its, its.messages.help.lost)).response);
  });

  it('goes on in the buttons of the answer', async () => {
    const { response } = await pressId(id('open'), { locale: 'en-US' });
    expect(JSON.stringify(response)).toContain('w2:es:');
    expect(JSON.stringify(response)).not.toContain('w2:en:');
  });

  it('of a choice of topics is that of the button, whose walk keeps the question', async () => {
    const choice: Origin = { isGuess: false, topics: [rear.name, front.name] };
    const { response } = await pressId(writeWalkId('openIn', [], { edition: spanish, origin: choice }), {
      locale: 'hi',
      ...freshMessage(0),
    });
    const its = await contexts.contextFor({ guild_id: GUILD_ID }, 'es');
    expect(response).toEqual(updateMessage(renderOffers(choice, its)).response);
    const opened = await pressId(id('openIn', spanish, { origin: choice }), { locale: 'hi' });
    const [page = expect.fail('a page')] = [spanish.pages.get(rear.name)];
    expect(opened.response).toEqual(updateMessage(renderPage([page], { ...its, origin: choice })).response);
  });
});
