// What people do, what goes wrong, and what happens to the processes: the steps of a history.

import type { InteractionResult, Message, Person, User } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import fc from 'fast-check';
import { setupId } from '../../commands/setup/ids.ts';
import { en } from '../../src/i18n/en.ts';
import type { History } from './history.ts';
import { CALM, STORMS } from './network.ts';
import { beginningOf, markOf, type Town, textOf, tryTo } from './town.ts';

/** One step. The numbers choose among what there is when it is taken. */
export interface Step {
  readonly kind: StepKind;
  readonly town: number;
  readonly who: number;
  readonly what: number;
  /** Until the next step, in ms. */
  readonly waitMs: number;
}

type Act = (history: History, town: Town, step: Step) => unknown;

/** Steps of each kind, with how often they come. */
const ACTS = {
  walk: [4, walk],
  ask: [4, ask],
  press: [6, press],
  show: [4, show],
  write: [5, write],
  change: [6, change],
  remove: [1, remove],
  pin: [5, pin],
  unpin: [1, unpin],
  setUp: [2, setUp],
  post: [6, post],
  askPerson: [4, askPerson],
  answerPerson: [4, answerPerson],
  mention: [3, mention],
  direct: [1, direct],
  list: [1, list],
  publish: [4, publish],
  forbid: [2, forbid],
  deleteMessage: [2, deleteMessage],
  deleteChannel: [1, deleteChannel],
  weather: [6, weather],
  start: [4, start],
  stop: [2, stop],
  kill: [4, kill],
  steal: [1, steal],
  deliver: [4, deliver],
  wait: [2, () => undefined],
  sleep: [1, sleep],
} as const satisfies Record<string, readonly [number, Act]>;

export type StepKind = keyof typeof ACTS;
const KINDS = Object.keys(ACTS) as StepKind[];
/** Most steps follow soon, so that they meet; in ms. */
const WAITS = [0, 20, 100, 500, 2000, 4000, 10_000, 60_000];

/** Histories of at most so many steps. One that fails is made shorter, and its steps stay as they are. */
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.noShrink(
      fc.record({
        kind: fc.oneof(...KINDS.map((kind) => ({ weight: ACTS[kind][0], arbitrary: fc.constant(kind) }))),
        town: fc.nat(1),
        who: fc.nat(1000),
        what: fc.nat(1000),
        waitMs: fc.constantFrom(...WAITS),
      }),
    ),
    { minLength: 1, maxLength: most, size: 'max' },
  );

/** Begins a step. What people wait for goes on while later steps are taken. */
export function take(history: History, step: Step): void {
  const town = history.towns[step.town % history.towns.length];
  const act: Act = ACTS[step.kind][1];
  if (town) history.doing(Promise.resolve(act(history, town, step)));
}

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];
const memberOf = ({ members }: Town, { who }: Step): User => pick(members, who) as User;
const at = ({ discord }: History, user: User, channel: Town['general']): Person => discord.person(user, channel);
const newMark = (history: History, { number }: Town): string => markOf(number, history.count());

/** A topic that a server has: a page, or a reply of its own by its title. */
function topicOf(history: History, town: Town, { what }: Step): string | undefined {
  return pick([...history.library.pages, ...history.replies.titlesOf(town)], what);
}

async function walk(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const answer = await tryTo(() => member.slash('bake'));
  for (let i = 0; i < 3; i++) await pressOne(member, answer?.message ?? null, step.what + i);
}

async function ask(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const words = pick([...history.library.questions, newMark(history, town)], step.what) ?? '';
  await tryTo(() => member.slash('ask', { question: words, ...(step.who % 2 ? { share: true } : {}) }));
}

async function press(history: History, town: Town, step: Step): Promise<void> {
  // Not the administrator: a reply that is removed by chance would not be known here.
  const everybody = [...town.members, town.helper];
  const user = pick(everybody, step.who) as User;
  const channels = [town.general, ...town.channels, town.helpers, ...history.threadsOf(town)];
  const messages = channels.flatMap((channel) => history.discord.messagesOf(channel, user));
  const message = pick(messages.slice(-20), step.what);
  if (message) await pressOne(at(history, user, message.channel), message, step.what);
}

async function pressOne(
  person: Person,
  message: Message | null,
  number: number,
): Promise<InteractionResult | undefined> {
  const ids = message ? buttonsOf(message).flatMap(({ custom_id: id, disabled }) => (id && !disabled ? [id] : [])) : [];
  const id = pick(ids, number);
  return id === undefined ? undefined : tryTo(() => person.press(message, id));
}

async function show(history: History, town: Town, step: Step): Promise<void> {
  const topic = topicOf(history, town, step);
  const member = at(history, memberOf(town, step), town.general);
  if (topic) await tryTo(() => member.slash('faq', { topic }));
  await tryTo(() => member.autocomplete('faq', 'topic', 'zq'));
}

async function write(history: History, town: Town): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const form = await tryTo(() => admin.slash('faq-edit add'));
  if (form?.type !== 9) return;
  const mark = newMark(history, town);
  await history.replies.writing(town, mark, mark, async () =>
    wordsOf(await tryTo(() => admin.submit(form, { title: mark, text: mark }))),
  );
}

async function change(history: History, town: Town, step: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const title = pick(history.replies.titlesOf(town), step.what);
  if (title === undefined) return;
  const form = await tryTo(() => admin.slash('faq-edit change', { topic: title }));
  // A title that is not there finds the one that is most like it.
  if (form?.type !== 9 || !JSON.stringify(form.data).includes(title)) return;
  const mark = newMark(history, town);
  await history.replies.writing(town, title, mark, async () =>
    wordsOf(await tryTo(() => admin.submit(form, { text: mark }))),
  );
}

async function remove(history: History, town: Town, step: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const title = pick(history.replies.titlesOf(town), step.what);
  if (title === undefined) return;
  const question = await tryTo(() => admin.slash('faq-edit remove', { topic: title }));
  const confirm = question?.message && buttonsOf(question.message)[0]?.custom_id;
  if (!confirm || !question.message?.content.includes(title)) return;
  await history.replies.writing(town, title, undefined, async () =>
    wordsOf(await tryTo(() => admin.press(question.message, confirm))),
  );
}

async function pin(history: History, town: Town, step: Step): Promise<void> {
  const topic = topicOf(history, town, step);
  const channel = pick(town.channels, step.who);
  if (!topic || !channel) return;
  await tryTo(() => at(history, town.admin, town.general).slash('faq-pin add', { topic, channel }));
}

async function unpin(history: History, town: Town, step: Step): Promise<void> {
  const topic = topicOf(history, town, step);
  const channel = pick(town.channels, step.who);
  if (!topic || !channel) return;
  await tryTo(() => at(history, town.admin, town.general).slash('faq-pin remove', { topic, channel }));
}

/** Forums and helpers are on at the start; this switches one of them off or on. */
async function setUp(history: History, town: Town, { what, who }: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const panel = await tryTo(() => admin.slash('setup'));
  if (!panel?.message) return;
  const [menu, value] = what % 2 ? (['forums', town.forum] as const) : (['person', town.helpers] as const);
  await tryTo(() => admin.choose(panel.message, setupId(menu), who % 3 ? [value.id] : []));
}

async function post(history: History, town: Town, step: Step): Promise<void> {
  const asker = at(history, memberOf(town, step), town.forum);
  const title = pick([...history.library.questions, `${newMark(history, town)} what now`], step.what) ?? '';
  const posted = await tryTo(() => asker.post(town.forum, title, newMark(history, town)));
  if (!posted || step.who % 4 > 0) return;
  const other = pick(town.members, step.who + 1) as User;
  await history.time.sleep(step.what * 5);
  await tryTo(() => at(history, other, posted.thread).say(newMark(history, town)));
}

async function askPerson(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const answer = await tryTo(() => member.slash('ask', { question: 'where is the best pizza in town' }));
  const form = answer?.message && (await tryTo(() => member.press(answer.message, en.button.askPerson)));
  if (form?.type !== 9) return;
  const question = newMark(history, town);
  const words = wordsOf(await tryTo(() => member.submit(form, { question })));
  if (words?.startsWith(beginningOf(en.person.sent))) history.posted(town.helpers, question);
}

async function answerPerson(history: History, town: Town, step: Step): Promise<void> {
  const helper = at(history, town.helper, town.helpers);
  const open = history.discord.messagesOf(town.helpers).filter((each) => textOf(each).includes(en.button.answered));
  const question = pick(open, step.what);
  const form = question && (await tryTo(() => helper.press(question, en.button.answered)));
  if (form?.type !== 9) return;
  const answer = newMark(history, town);
  history.answering(answer);
  const words = wordsOf(await tryTo(() => helper.submit(form, { answer })));
  if (words?.startsWith(en.person.posted('').trim())) history.posted(town.general, answer);
}

async function mention(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const words = pick([...history.library.questions, newMark(history, town)], step.what) ?? '';
  await tryTo(() => member.say(words, { mentions: [history.discord.botUser] }));
}

async function direct(history: History, town: Town, step: Step): Promise<void> {
  const user = memberOf(town, step);
  const words = pick(history.library.questions, step.what) ?? '';
  await tryTo(() => at(history, user, history.discord.dmOf(user)).say(words));
}

async function list(history: History, town: Town): Promise<void> {
  await tryTo(() => at(history, town.admin, town.general).slash('faq-pin list'));
}

function publish(history: History): void {
  history.publish();
}

function forbid(history: History, town: Town, { who, what }: Step): void {
  const channel = pick([town.general, town.helpers, ...town.channels], who);
  if (channel) history.discord.setBotPermissions(channel, what % 2 ? 0n : null);
}

function deleteMessage(history: History, town: Town, { who, what }: Step): void {
  const channel = pick([town.helpers, ...town.channels], who);
  const message = channel && pick(history.discord.messagesOf(channel), what);
  if (message) history.discord.removeMessage(message);
}

function deleteChannel(history: History, town: Town, { who }: Step): void {
  const number = who % town.channels.length;
  const channel = town.channels[number];
  if (!channel) return;
  history.discord.removeChannel(channel);
  town.channels[number] = history.discord.addChannel(town.guild, channel.name);
}

function weather(history: History, _: Town, { what, who }: Step): void {
  history.network.weather = who % 3 ? (pick(STORMS, what) ?? CALM) : CALM;
}

function start(history: History): void {
  history.startReplica();
}

async function stop(history: History, _: Town, { who }: Step): Promise<void> {
  await pick(history.running, who)?.stop();
}

function kill(history: History, _: Town, { who }: Step): void {
  pick(history.running, who)?.kill();
}

async function steal(history: History): Promise<void> {
  await history.stealLocks();
}

/** How events are delivered from now on. */
function deliver(history: History, _: Town, { who, what }: Step): void {
  history.delivery = { lost: who % 3 === 0 ? 0.2 : 0, twice: what % 3 === 0 ? 0.5 : 0 };
}

/** Nothing runs for more than a day. */
async function sleep(history: History, _: Town, { who }: Step): Promise<void> {
  if (who % 4 > 0) return;
  for (const replica of history.running) replica.kill();
  history.skipDay();
}

function wordsOf(answer: InteractionResult | undefined): string | undefined {
  return answer?.message?.content;
}
