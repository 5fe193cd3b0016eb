// What must hold: the world is watched as it changes, and interactions are checked when faults have stopped.
import { MessageFlags } from 'discord.js';
import type { Channel, FakeDiscord, FakeDiscordEvent, Interaction, Message } from 'fake-discord';
import { en } from '../../src/i18n/en.ts';
import type { Network } from './network.ts';
import type { Replica } from './replica.ts';
import { beginningOf, marksIn, serversIn, type Town, textOf } from './town.ts';

/** An interaction, and to whom it was delivered. */
interface Delivered {
  readonly interaction: Interaction;
  readonly at: number;
  to: Replica | undefined;
}

/** Discord drops an interaction after 3 s. The bot gives itself a little less. */
const ANSWER_MS = 3000;
/** The words of a deferred answer are tried again for a few minutes, in ms. */
const TRIED_MS = 150_000;

export class Watch {
  readonly #discord: FakeDiscord;
  readonly #network: Network;
  readonly #towns: readonly Town[];
  readonly #violated: (what: string) => void;
  readonly #interactions = new Map<string, Delivered>();
  /** How often the bot has posted something that may come once, by what it is. */
  readonly #posted = new Map<string, number>();
  /** What the bot has ever said in a channel. */
  readonly #said = new Map<Channel, Set<string>>();
  /** What the bot has posted, by id. */
  readonly #messages = new Map<string, Message>();
  /** What helpers have answered. */
  readonly answers = new Set<string>();
  /** Questions that came to a process, by the server where they were asked. */
  readonly questions = new Map<string, number>();
  /** Posts in forums, by their server. */
  readonly posts = new Map<string, number>();

  constructor(discord: FakeDiscord, network: Network, towns: readonly Town[], violated: (what: string) => void) {
    this.#discord = discord;
    this.#network = network;
    this.#towns = towns;
    this.#violated = violated;
    discord.events.subscribe((event) => this.#onEvent(event));
  }

  /** A question came to a process. Each process counts it once, and posts its answer once with the others. */
  asked(guildId: string): void {
    this.#count(this.questions, guildId);
  }

  delivered({ id }: { readonly id: string }, replica: Replica): void {
    const known = this.#interactions.get(id);
    if (known) known.to ??= replica;
  }

  /** Somebody was told that this was posted. */
  requirePosted(channel: Channel, mark: string): void {
    if (!this.#said.get(channel)?.has(mark))
      this.#violated(`told that ${mark} was posted in ${channel.name}: it was not`);
  }

  /** The message at an address, also if it was deleted. */
  messageAt(url: string): Message | undefined {
    return this.#messages.get(url.split('/').at(-1) ?? '');
  }

  /** Each interaction was answered in time, and each deferred one got words. */
  checkInteractions(): void {
    for (const { interaction, at, to } of this.#interactions.values()) {
      this.#requireOneAnswer(interaction);
      if (!to || !isRunning(to, at, at + ANSWER_MS)) continue;
      const about = `${interaction.type} ${JSON.stringify(interaction.payload.data).slice(0, 120)}`;
      if (!interaction.answer) {
        if (!this.#wasHit(`/interactions/${interaction.id}/`)) this.#violated(`no answer in time to ${about}`);
        continue;
      }
      const { original } = interaction;
      if (!original || original.isDeleted || (original.flags & MessageFlags.Loading) === 0) continue;
      // A process that stops in order tells those whom it can't help any more.
      const isEnded = to.isKilled || ((to.endedAt !== undefined || !to.isListening) && !this.#network.wasCalm(at));
      if (!isEnded && !this.#wasTried(`/webhooks/${this.#discord.applicationId}/${interaction.token}`))
        this.#violated(`a deferred answer stayed without words: ${about}`);
    }
  }

  /** A first answer that has arrived is not sent again. */
  #requireOneAnswer({ id, type }: Interaction): void {
    const requests = this.#network.sent.filter(({ path }) => path.startsWith(`/interactions/${id}/`));
    const arrived = requests.findIndex(({ fate, status = 500 }) => fate === 'fine' && status < 300);
    if (arrived >= 0 && requests[arrived + 1]) this.#violated(`an interaction of type ${type} was answered twice`);
  }

  /** Whether requests to this path were tried for as long as they should be, and the last one was hit by a fault. */
  #wasTried(path: string): boolean {
    const requests = this.#network.sent.filter((one) => one.path.startsWith(path));
    const [first, last] = [requests[0], requests.at(-1)];
    return first !== undefined && last !== undefined && last.fate !== 'fine' && last.at - first.at >= TRIED_MS;
  }

  /** Whether the last request to this path was hit by a fault. */
  #wasHit(path: string): boolean {
    const last = this.#network.sent.findLast((one) => one.path.startsWith(path));
    return last !== undefined && last.fate !== 'fine';
  }

  #onEvent(event: FakeDiscordEvent): void {
    if (event.name === 'interaction') this.#onInteraction(event.interaction);
    else if (event.name === 'message' && event.message.author.isBot) this.#onPosted(event.message);
    else if (event.name === 'messageUpdate' && event.message.author.isBot) this.#onShown(event.message);
    else if (event.name === 'channelCreate' && event.channel.parent)
      this.#count(this.posts, event.channel.guild?.id ?? '');
    else if (event.name === 'refusal' && event.refusal.status >= 500)
      this.#violated(`the fake Discord failed: ${JSON.stringify(event.refusal)}`);
  }

  #onInteraction(interaction: Interaction): void {
    const { answer, channel } = interaction;
    // Choices and forms: messages come by an event of their own.
    if (answer) this.requireOwnWords(JSON.stringify(answer), channel);
    if (this.#interactions.has(interaction.id)) return;
    this.#interactions.set(interaction.id, { interaction, at: Date.now(), to: undefined });
  }

  #onPosted(message: Message): void {
    this.#messages.set(message.id, message);
    this.#onShown(message);
    const { channel, content } = message;
    const town = this.#towns.find(({ guild }) => guild === channel.guild);
    if (!town || message.viewer !== null) return;
    const text = textOf(message);
    if (channel === town.helpers) for (const mark of marksIn(text)) this.#once(`question ${mark}`);
    for (const mark of marksIn(content)) if (this.answers.has(mark)) this.#once(`answer ${mark}`);
    // One that was removed may come back for a moment.
    if (channel.parent === town.forum && this.answersIn(channel).length > 1)
      this.#violated(`two answers in the post ${channel.name}`);
    // By **Answer with FAQ** helpers may reply to a message as often as they like: its nonce is their interaction.
    const command = this.#interactions.has(String(message.nonce)) ? ` by ${message.nonce}` : '';
    if (channel === town.general && !message.origin && message.replyTo)
      this.#once(`reply to ${message.replyTo.messageId}${command}`);
    const day = new Date().toISOString().slice(0, 10);
    if (content.startsWith(beginningOf(en.person.waiting))) this.#once(`reminder in ${town.number} on ${day}`);
  }

  /** What the bot itself has answered in a post: not what helpers have. */
  answersIn({ messages }: Channel): Message[] {
    const own = [...messages.values()].filter(({ author, origin }) => author.isBot && !origin);
    return own.filter(({ content }) => !marksIn(content).some((mark) => this.answers.has(mark)));
  }

  #onShown(message: Message): void {
    const { channel } = message;
    const text = textOf(message);
    const said = this.#said.get(channel) ?? new Set();
    this.#said.set(channel, said);
    for (const mark of marksIn(text)) said.add(mark);
    this.requireOwnWords(text, channel);
  }

  /** No server sees the words of another. */
  requireOwnWords(text: string, { guild }: Channel): void {
    const town = this.#towns.find((one) => one.guild === guild);
    for (const { guild: other } of this.#towns)
      if (guild && other !== guild && text.includes(`/channels/${other.id}/`))
        this.#violated(`a link to ${other.name} was shown in ${guild.name}`);
    for (const number of serversIn(text))
      if (number !== town?.number) this.#violated(`words of server ${number} were shown in ${guild?.name ?? 'a DM'}`);
  }

  #once(what: string): void {
    if (this.#count(this.#posted, what) === 2) this.#violated(`posted twice: ${what}`);
  }

  #count(counts: Map<string, number>, what: string): number {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return count;
  }
}

/** Whether a process ran and took events all this time. */
function isRunning({ startedAt, endedAt, stoodStill }: Replica, from: number, to: number): boolean {
  const isStanding = stoodStill.some((pause) => pause.from < to && pause.to > from);
  return startedAt <= from && (endedAt === undefined || endedAt > to) && !isStanding;
}
