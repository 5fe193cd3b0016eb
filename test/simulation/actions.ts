// What people do, what goes wrong, and what happens to the processes: the steps of a history.

import type { InteractionResult, Message, Person, User } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import fc from 'fast-check';
import { en } from '../../src/i18n/en.ts';
import type { History } from './history.ts';
import { EARLIER } from './known.ts';
import { CALM, STORMS } from './network.ts';
import { beginningOf, markOf, marksIn, type Town, textOf, tryTo } from './town.ts';

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
  plan: [2, plan],
  ask: [4, ask],
  press: [6, press],
  show: [4, show],
  write: [5, write],
  change: [6, change],
  remove: [2, remove],
  undo: [2, undo],
  pin: [5, pin],
  unpin: [2, unpin],
  setUp: [3, setUp],
  answerWith: [2, answerWith],
  saveReply: [2, saveReply],
  insights: [1, insights],
  exportAll: [1, exportAll],
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
  disk: [2, disk],
  start: [4, start],
  stop: [2, stop],
  kill: [4, kill],
  freeze: [2, freeze],
  overtake: [2, overtake],
  steal: [1, steal],
  deliver: [4, deliver],
  wait: [2, () => undefined],
  sleep: [1, sleep],
} as const satisfies Record<string, readonly [number, Act]>;

export type StepKind = keyof typeof ACTS;
const KINDS = Object.keys(ACTS) as StepKind[];
/** What the answer says after the removal of a server's own text for a page, whose title it begins with. */
const OVERRIDE_REMOVED = en.edit.overrideRemoved('').replaceAll('*', '');
/** How the title of a server's own text for a page begins. */
const OUR_TITLE = 'Our text';
/** How the answers to other saves, removals and undos begin. */
const ACKNOWLEDGED = [en.edit.saved, en.edit.removed, en.edit.undone].map(beginningOf);
/** Most steps follow soon, so that they meet; in ms. */
const WAITS = [0, 20, 100, 500, 2000, 4000, 10_000, 60_000];

/** Histories of at most so many steps. One that fails is made shorter, and its steps stay as they are. */
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.noShrink(
      fc.record({
        kind: fc.oneof(...KINDS.map((kind) => ({ weight: ACTS[kind][0], arbitrary: fc.constant(kind) }))),
        town: fc.nat(2),
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
  const own = history.replies.namesIn(town);
  return pick(what % 2 && own.length > 0 ? own : history.library.pages, what >> 1);
}

/** What somebody asks: what the guide answers, what only this server's replies may answer, or what nobody does. */
function questionOf(history: History, town: Town, { what }: Step): string {
  const own = [...history.replies.namesIn(town), newMark(history, town)];
  return pick(what % 3 ? history.library.questions : own, what) ?? '';
}

async function walk(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const answer = await tryTo(() => member.slash('bake'));
  for (let i = 0; i < 3; i++) await pressOne(member, answer?.message ?? null, step.what + i);
}

/** Walks, and has the plan sent. Some people get no direct messages from bots. */
async function plan(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  member.user.dmsClosed = step.what % 3 === 0;
  const walked = await tryTo(() => member.slash('bake'));
  const next = await pressOne(member, walked?.message ?? null, step.what);
  const shown = await tryTo(() => member.press(next?.message ?? null, en.button.plan));
  const sent = await tryTo(() => member.press(shown?.message ?? null, en.button.sendPlan));
  if (wordsOf(sent)?.startsWith(en.plan.sent)) history.told.ofPlan(member.user);
}

async function ask(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const words = questionOf(history, town, step);
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
  await history.replies.writing({ town, name: mark }, mark, async () =>
    isSaved(await tryTo(() => admin.submit(form, { title: mark, text: mark }))),
  );
}

/** A reply, or this server's text for a page, is changed up to three times in a row. */
async function change(history: History, town: Town, step: Step): Promise<void> {
  for (let i = 0; i <= step.who % 3; i++) await changeOnce(history, town, step);
}

async function changeOnce(history: History, town: Town, step: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const topic = topicOf(history, town, step);
  if (topic === undefined) return;
  const form = await tryTo(() => admin.slash('faq-edit change', { topic }));
  const isPage = history.library.pages.includes(topic);
  // A title that is not there finds the one that is most like it.
  if (form?.type !== 9 || !JSON.stringify(form.data).includes(topic)) return;
  const mark = newMark(history, town);
  await history.replies.writing({ town, name: topic }, mark, async () =>
    isSaved(
      await tryTo(() => admin.submit(form, { text: mark, ...(isPage ? { title: `${OUR_TITLE} ${topic}` } : {}) })),
    ),
  );
}

async function remove(history: History, town: Town, step: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const name = pick(history.replies.namesIn(town), step.what);
  if (name === undefined) return;
  const question = await tryTo(() => admin.slash('faq-edit remove', { topic: name }));
  const confirm = question?.message && buttonsOf(question.message)[0]?.custom_id;
  const isAsked = confirm?.endsWith(name) || question?.message?.content.includes(name);
  if (!confirm || !question?.message || !isAsked) return;
  const { message } = question;
  await history.replies.writing({ town, name }, undefined, async () =>
    isSaved(await tryTo(() => admin.press(message, confirm))),
  );
}

async function undo(history: History, town: Town, step: Step): Promise<void> {
  const admin = at(history, town.admin, town.general);
  const topics = await tryTo(() => admin.autocomplete('faq-edit undo', 'topic', step.what % 3 ? 'zq' : OUR_TITLE));
  const topic = pick(topics ?? [], step.what);
  const known = history.replies.namesIn(town);
  const name = topic && known.find((one) => one === topic.value || one === marksIn(topic.name)[0]);
  if (name === undefined) return;
  await history.replies.writing({ town, name }, EARLIER, async () =>
    isSaved(await tryTo(() => admin.slash('faq-edit undo', { topic: String(topic?.value) }))),
  );
}

async function pin(history: History, town: Town, step: Step): Promise<void> {
  const topic = topicOf(history, town, step);
  const channel = pick(town.channels, step.who);
  if (!topic || !channel) return;
  const answer = await tryTo(() => at(history, town.admin, town.general).slash('faq-pin add', { topic, channel }));
  history.told.ofPin(answer, { topic, channel });
}

/** Removes a copy that is known, if there is one. */
async function unpin(history: History, town: Town, step: Step): Promise<void> {
  const known = history.told.pins.filter(({ channel }) => town.channels.includes(channel));
  const topic = topicOf(history, town, step);
  const channel = pick(town.channels, step.who);
  const place = pick(known, step.what) ?? (topic && channel ? { topic, channel } : undefined);
  if (!place) return;
  const from = Date.now();
  const admin = at(history, town.admin, town.general);
  const answer = await tryTo(() => admin.slash('faq-pin remove', { topic: place.topic, channel: place.channel }));
  if (wordsOf(answer)?.startsWith(beginningOf(en.pin.removed))) history.told.ofRemoval(place, from);
}

/** Forums and helpers are on at the start; this switches one of them off or on. */
async function setUp(history: History, town: Town, { what, who }: Step): Promise<void> {
  const menu = what % 2 ? 'forums' : 'person';
  const channel = what % 2 ? town.forum : town.helpers;
  await history.choose(town, [[menu, who % 3 ? [channel.id] : []]]);
}

async function post(history: History, town: Town, step: Step): Promise<void> {
  const asker = at(history, memberOf(town, step), town.forum);
  const title = questionOf(history, town, step);
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

/** A helper answers a message by **Answer with FAQ**. */
async function answerWith(history: History, town: Town, step: Step): Promise<void> {
  const helper = at(history, town.helper, town.general);
  const message = pick(history.discord.messagesOf(town.general, town.helper), step.who);
  const menu = message && (await tryTo(() => helper.menu('Answer with FAQ', message)));
  if (!menu?.message) return;
  const topic = topicOf(history, town, step) ?? '';
  const answer = await tryTo(() => helper.choose(menu.message, 0, [topic]));
  history.told.ofMessage(answer, en.menu.sent('\0'));
}

/** A helper saves the words of a message as a reply. */
async function saveReply(history: History, town: Town, step: Step): Promise<void> {
  const helper = at(history, town.helper, town.general);
  const words = history.discord.messagesOf(town.general).filter((each) => !each.author.isBot && each.content);
  const message = pick(words, step.who);
  const form = message && (await tryTo(() => helper.menu('Save as reply', message)));
  if (form?.type !== 9) return;
  const mark = newMark(history, town);
  await history.replies.writing({ town, name: mark }, mark, async () =>
    isSaved(await tryTo(() => helper.submit(form, { title: mark, text: mark }))),
  );
}

async function insights(history: History, town: Town): Promise<void> {
  await tryTo(() => at(history, town.helper, town.general).slash('insights'));
}

async function exportAll(history: History, town: Town): Promise<void> {
  const answer = await tryTo(() => at(history, town.admin, town.general).slash('faq-edit export'));
  for (const { url } of answer?.message?.attachments ?? []) {
    const file = await history.discord.fetch(new Request(url));
    history.requireOwnWords(await file.text(), town);
  }
}

async function mention(history: History, town: Town, step: Step): Promise<void> {
  const member = at(history, memberOf(town, step), town.general);
  const words = questionOf(history, town, step);
  await tryTo(() => member.say(words, { mentions: [history.discord.botUser] }));
}

async function direct(history: History, town: Town, step: Step): Promise<void> {
  const user = memberOf(town, step);
  const words = questionOf(history, town, step);
  await tryTo(() => at(history, user, history.discord.dmOf(user)).say(words));
}

async function list(history: History, town: Town): Promise<void> {
  await tryTo(() => at(history, town.admin, town.general).slash('faq-pin list'));
}

/** New content, or what was published before: then what a message shows is right again. */
function publish(history: History, _: Town, { who }: Step): void {
  history.publish(who % 3 ? 1 : -1);
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

/** A process stands still for longer than it may hold a lock: its machine was suspended. */
function freeze(history: History, _: Town, { who, what }: Step): void {
  const ms = 3000 + what * 20;
  if (who % 2) history.freezeHolder(ms);
  else pick(history.running, who)?.freeze(ms);
}

/** A process stands still while it holds a lock, and others have much and slow work to do. */
function overtake(history: History, _: Town, { what }: Step): void {
  history.startReplica();
  history.network.weather = { ...CALM, slow: 0.6 };
  history.freezeHolder(5500 + what * 10);
  history.publish(1);
}

async function steal(history: History): Promise<void> {
  await history.stealLocks();
}

/** How often the database fails from now on. */
function disk(history: History, _: Town, { who }: Step): void {
  history.databaseFailing = who % 3 ? 0.15 : 0;
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

/** Whether the answer to a save says that it is saved. */
function isSaved(answer: InteractionResult | undefined): boolean {
  const words = wordsOf(answer);
  if (words === undefined) return false;
  return ACKNOWLEDGED.some((beginning) => words.startsWith(beginning)) || words.includes(OVERRIDE_REMOVED);
}

function wordsOf(answer: InteractionResult | undefined): string | undefined {
  return answer?.message?.content;
}
