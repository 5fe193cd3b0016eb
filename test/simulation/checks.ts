// What must hold when faults have stopped and everything has had its time.
import { buttonsOf, type Message, type Person, type User } from 'fake-discord';
import { type SetupControl, setupId } from '../../commands/setup/ids.ts';
import { isPageTopic } from '../../src/replies/topic-id.ts';
import type { CountRow, PinRow, RevisionRow } from '../../src/store/schema.ts';
import type { Db } from '../../src/store/store.ts';
import type { History } from './history.ts';
import { versionMark } from './library.ts';
import type { Replica } from './replica.ts';
import { chosenIn, marksIn, type Town, textOf, tryTo } from './town.ts';
import type { Watch } from './watch.ts';

/** By then a calm Discord and a bot that has nothing else to do have answered, in ms. */
const ANSWERED_MS = 2000;
/** The bot waits a few seconds before it answers a post. */
const FORUM_MS = 8000;
/** Timers of a process that has nothing to do, beside those of a new one. */
const SPARE_TIMERS = 0;

export class Checks {
  readonly #history: History;
  readonly #watch: Watch;
  readonly #violated: (what: string) => void;

  constructor(history: History, watch: Watch, violated: (what: string) => void) {
    this.#history = history;
    this.#watch = watch;
    this.#violated = violated;
  }

  /** Fills what a process keeps of content that is about to be replaced. */
  async openPages(): Promise<void> {
    await this.#history.forEachReplica(() => this.#walk(() => undefined));
  }

  async all(): Promise<void> {
    this.#watch.checkInteractions();
    await this.#checkJobs();
    await this.checkPins(() => false);
    await this.#checkKnownPins();
    await this.#checkRefusedPosts();
    await this.#checkForums();
    const version = versionMark(this.#history.version);
    await this.#history.forEachReplica(async (replica) => {
      await this.#checkReplies(replica);
      await this.#checkSettings(replica);
      await this.#walk((message) => {
        const text = textOf(message);
        // A server may have a text of its own in its place.
        if (!text.includes(version) && marksIn(text).length === 0)
          this.#violated(`${replica.name} shows a page without ${version}: ${text}`);
      });
    });
  }

  /** No process has a problem, work that waits, or more timers than a new one. */
  async #checkJobs(): Promise<void> {
    const { running } = this.#history;
    const fresh = running.at(-1);
    for (const replica of running) {
      const { name, app, pending } = replica;
      for (const { problem } of app.problems()) this.#violated(`${name} has a problem: ${problem}`);
      if (pending > (fresh?.pending ?? 0) + SPARE_TIMERS)
        this.#violated(`${name} has ${pending} timers, a new process ${fresh?.pending}`);
    }
    const read = Promise.all(running.map(async (replica) => [replica.name, await replica.waiting()] as const));
    for (const [name, waiting] of await this.#end(read, ANSWERED_MS))
      if (waiting.length > 0) this.#violated(`${name} still has work: ${waiting.join(', ')}`);
  }

  /** Pinned copies show what they should. @param mayWait whether a copy that is behind is still to be edited */
  async checkPins(mayWait: (pin: PinRow) => boolean): Promise<void> {
    const pins = await this.#read((db) => db.selectFrom('pins').selectAll().where('state', '=', 'alive').execute());
    const latest = await this.#latestRevisions(({ topic }) => topic);
    const version = versionMark(this.#history.version);
    for (const pin of pins) {
      const { guild_id: guildId, channel_id: channelId, message_id: id, topic } = pin;
      const guild = this.#history.towns.find((town) => town.guild.id === guildId)?.guild;
      const channel = guild?.channels.find((one) => one.id === channelId);
      const message = channel && this.#history.discord.messagesOf(channel).find((one) => one.id === id);
      const reply = latest.get(`${guildId} ${topic}`);
      // The copies of a reply that was removed stay as they are.
      const removed = isPageTopic(topic) ? version : undefined;
      const expected = reply ? (reply.state === 'shown' ? reply.text.trim() : removed) : version;
      if (message && expected !== undefined && !textOf(message).includes(expected) && !mayWait(pin))
        this.#violated(`the pinned ${topic} in ${channel.name} does not show ${expected}: ${textOf(message)}`);
    }
  }

  /** A pinned message that somebody was told of is kept up to date. */
  async #checkKnownPins(): Promise<void> {
    const rows = await this.#read((db) => db.selectFrom('pins').select('message_id').execute());
    const known = new Set(rows.map((row) => row.message_id));
    for (const { message, topic } of this.#history.told.pins)
      if (!message.isDeleted && !known.has(message.id))
        this.#violated(`told that ${topic} is pinned and kept up to date: it is not known`);
  }

  /** An answer in a forum that was removed stays away. */
  async #checkRefusedPosts(): Promise<void> {
    const rows = await this.#read((db) =>
      db.selectFrom('posts').select('thread_id').where('state', '=', 'refused').execute(),
    );
    const refused = new Set(rows.map((row) => row.thread_id));
    for (const thread of this.#history.towns.flatMap((town) => this.#history.threadsOf(town)))
      if (refused.has(thread.id) && this.#watch.answersIn(thread).length > 0)
        this.#violated(`the answer in the post ${thread.name} was removed and is there`);
  }

  /** A new post is answered where forums are chosen, and nowhere else. */
  async #checkForums(): Promise<void> {
    const stopped = await this.#read((db) =>
      db.selectFrom('settings').select('guild_id').where('name', 'like', 'stopped:%').execute(),
    );
    const mayBeStopped = new Set(stopped.map((row) => row.guild_id));
    let asked = 0;
    await this.#history.forEachReplica(async ({ name }) => {
      const title = this.#history.library.sure[asked] ?? '';
      const number = asked++;
      const posts = await this.#inEachTown(FORUM_MS, (town) =>
        this.#person(town, number, town.forum).post(town.forum, title, 'Please'),
      );
      for (const [town, posted] of posts) {
        const known = this.#history.settings.all().find((one) => one.town === town && one.name === 'forums');
        const chosen = new Set([...(known?.possible ?? [undefined])].map((value) => value ?? ''));
        if (!posted || mayBeStopped.has(town.guild.id) || chosen.size > 1) continue;
        const answers = this.#watch.answersIn(posted.thread).length;
        if (answers !== (chosen.has('') ? 0 : 1))
          this.#violated(`${name} gives ${answers} answers in the forum of ${town.guild.name}`);
      }
    });
  }

  /** A member of each server opens the guide and goes on to its first page. */
  async #walk(check: (message: Message) => void): Promise<void> {
    const opened = await this.#inEachTown(ANSWERED_MS, (town) => this.#person(town).slash('bake'));
    const pressed = await this.#inEachTown(ANSWERED_MS, async (town) => {
      const message = opened.get(town)?.message ?? null;
      return this.#person(town).press(message, (message && buttonsOf(message)[0]?.label) ?? '');
    });
    for (const answer of [...opened.values(), ...pressed.values()]) if (answer?.message) check(answer.message);
  }

  /** The settings that a process has are those that were acknowledged. */
  async #checkSettings({ name }: Replica): Promise<void> {
    const panels = await this.#inEachTown(ANSWERED_MS, (town) =>
      this.#history.discord.person(town.admin, town.general).slash('setup'),
    );
    for (const { town, name: menu, possible } of this.#history.settings.all()) {
      const panel = panels.get(town)?.message;
      const chosen = panel && chosenIn(panel, setupId(menu as SetupControl));
      // Nothing is chosen at first.
      if (typeof chosen !== 'string' || possible.has(chosen) || (chosen === '' && possible.has(undefined))) continue;
      this.#violated(`${name} has "${chosen}" as ${menu}, not "${[...possible].join('" or "')}"`);
    }
  }

  /** What was acknowledged is what a process shows, and what is stored. */
  async #checkReplies({ name: who }: Replica): Promise<void> {
    const { replies } = this.#history;
    const latest = await this.#latestRevisions(({ topic, title }) => (isPageTopic(topic) ? topic : title));
    const all = replies.all().map(async (reply) => {
      const answer = await tryTo(() => this.#person(reply.town).slash('faq', { topic: reply.name }));
      return { ...reply, message: answer?.message };
    });
    for (const { town, name, possible, message } of await this.#end(Promise.all(all), ANSWERED_MS)) {
      if (!message) continue;
      const [embed] = message.embeds;
      // A title that is not there finds the one that is most like it.
      const isMeant = isPageTopic(name) || embed?.title === name;
      const [shown] = isMeant ? marksIn(embed?.description ?? '') : [];
      if (!possible.has(shown))
        this.#violated(`${who} shows ${shown} of the reply ${name}, not ${[...possible].join(' or ')}`);
      const stored = latest.get(`${town.guild.id} ${name}`);
      const expected = stored?.state === 'shown' ? stored.text.trim() : undefined;
      if (shown !== expected) this.#violated(`${who} shows ${shown} of the reply ${name}, stored is ${expected}`);
    }
  }

  /** Nothing is counted more often than it happened. @param replica the only one that runs */
  async checkCounts({ store }: Replica): Promise<void> {
    const rows = await store.run((db) => db.selectFrom('counts').selectAll().execute());
    const { posts, questions } = this.#watch;
    for (const { guild } of this.#history.towns) {
      const count = (isCounted: (row: CountRow) => boolean) =>
        rows.reduce((sum, row) => sum + (row.guild_id === guild.id && isCounted(row) ? row.n : 0), 0);
      const counted = [
        ['posts', count(({ kind, subject }) => kind === 'post' && subject === 'seen'), posts],
        ['questions', count(({ kind }) => kind === 'asked'), questions],
      ] as const;
      for (const [name, n, seen] of counted) {
        const most = seen.get(guild.id) ?? 0;
        if (n > most) this.#violated(`${n} ${name} are counted in ${guild.name}, which has ${most}`);
      }
    }
  }

  // ---- helpers

  /** What a process reads in the database. */
  async #read<Row>(query: (db: Db) => Promise<Row[]>): Promise<Row[]> {
    return (await this.#history.running[0]?.store.run(query)) ?? [];
  }

  async #latestRevisions(nameOf: (row: RevisionRow) => string): Promise<ReadonlyMap<string, RevisionRow>> {
    const rows = await this.#read((db) => db.selectFrom('revisions').selectAll().orderBy('number').execute());
    return new Map(rows.map((row) => [`${row.guild_id} ${nameOf(row)}`, row]));
  }

  #person({ members, general }: Town, number = 0, channel = general): Person {
    return this.#history.discord.person(members[number % members.length] as User, channel);
  }

  /** Something is done in each server at once. @param ms how long it is waited for */
  async #inEachTown<T>(ms: number, act: (town: Town) => Promise<T>): Promise<ReadonlyMap<Town, T | undefined>> {
    const done = this.#history.towns.map(async (town) => [town, await tryTo(() => act(town))] as const);
    return new Map(await this.#end(Promise.all(done), ms));
  }

  /** Lets time pass until something is done. @param ms how long at least */
  async #end<T>(work: Promise<T>, ms: number): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    for (await this.#history.time.advance(ms); !isDone; ) await this.#history.time.advance(ANSWERED_MS);
    return done;
  }
}
