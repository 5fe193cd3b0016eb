// What people were told, and whether it was true when they were.
import type { Channel, FakeDiscord, InteractionResult, Message, User } from 'fake-discord';
import { en } from '../../src/i18n/en.ts';
import type { Watch } from './watch.ts';

/** A topic in a channel. */
interface PinPlace {
  readonly topic: string;
  readonly channel: Channel;
}

/** A pinned message that somebody was told of. */
interface ToldPin extends PinPlace {
  readonly message: Message;
  readonly at: number;
}

export class Told {
  readonly pins: ToldPin[] = [];
  /** How many plans each user was told of. */
  readonly #plans = new Map<User, number>();
  readonly #discord: FakeDiscord;
  readonly #watch: Watch;
  readonly #violated: (what: string) => void;

  constructor(discord: FakeDiscord, watch: Watch, violated: (what: string) => void) {
    this.#discord = discord;
    this.#watch = watch;
    this.#violated = violated;
  }

  /**
   * An answer may say that a message was posted.
   * @param sentence with `\0` in place of the message's address
   */
  ofMessage(answer: InteractionResult | undefined, sentence: string): Message | undefined {
    const content = answer?.message?.content ?? '';
    const [beginning = '', end = ''] = sentence.split('\0');
    const url = content.slice(content.indexOf('https://')).split(/\s/)[0] ?? '';
    // A sentence about a channel has its number in the beginning.
    const told = content.replace(/<#\d+>/g, '<#>');
    if (!told.startsWith(beginning) || !told.endsWith(end) || !url) return undefined;
    const message = this.#watch.messageAt(url);
    if (!message) this.#violated('told of a message that was never posted');
    return message;
  }

  /** An answer may say that a topic was pinned. */
  ofPin(answer: InteractionResult | undefined, place: PinPlace): void {
    const message = this.ofMessage(answer, en.pin.pinned('', '\0'));
    if (!message) return;
    if (!message.isDeleted && message.pinnedAt === null)
      this.#violated(`told that ${place.topic} is pinned: it is not`);
    this.pins.push({ ...place, message, at: Date.now() });
  }

  /** Somebody was told that the copies of a topic are removed. @param from when it was asked for */
  ofRemoval({ topic, channel }: PinPlace, from: number): void {
    const copies = this.pins.filter((pin) => pin.topic === topic && pin.channel === channel && pin.at < from);
    if (copies.some(({ message }) => !message.isDeleted))
      this.#violated(`told that the copy of ${topic} in ${channel.name} is removed: it is there`);
  }

  /** Somebody was told that the plan is in their direct messages. */
  ofPlan(user: User): void {
    const told = (this.#plans.get(user) ?? 0) + 1;
    this.#plans.set(user, told);
    const messages = this.#discord.messagesOf(this.#discord.dmOf(user));
    const plans = messages.filter(({ embeds }) => embeds[0]?.title === en.plan.title);
    if (plans.length < told) this.#violated(`${user.name} was told that the plan is sent: it is not`);
  }
}
