// Interactions from their making to their last follow-up (Discord docs, Receiving and Responding).
import { randomBytes } from 'node:crypto';
import { allowedTypes, applyAnswer } from './first-answer.ts';
import { titleOf } from './interaction-title.ts';
import { INTERACTION } from './limits.ts';
import type { Upload } from './messages.ts';
import type { Json } from './objects.ts';
import { refusal } from './refusal.ts';
import type { Callback } from './schema/callback.ts';
import { checkCallback } from './schema/callback.ts';
import type { Channel, Message, User, World } from './world.ts';

export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** Discord's interaction type: 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  /** The message whose component was used, also for a modal that such a click opened. */
  readonly source: Message | null;
  /** What the bot receives. */
  readonly payload: Json;
  /** Milliseconds since 1970 by the fake Discord's clock. */
  readonly createdAt: number;
  answer: Callback | null;
  /** How long the first answer took, in milliseconds of real time. */
  answerMs: number | null;
  /** What `@original` means. */
  original: Message | null;
  /** Messages that its token may read and change. */
  readonly messages: Set<Message>;
  /** Settled by the first answer; rejects after three seconds without a valid one. */
  readonly answered: Promise<Callback>;
  /** The message as the bot left it: at once, or with the first edit or follow-up after a deferred answer. */
  readonly completed: Promise<Message | null>;
}

export interface Asked {
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  readonly source: Message | null;
  /** The payload without id, token, application and version, which are added here. */
  readonly payload: Json;
}

export interface Interactions {
  /** Makes an interaction and delivers it to the bot. */
  ask(asked: Asked): Interaction;
  /** By id and token. Throws Refusal 10062. */
  find(id: string, token: string): Interaction;
  byToken(token: string): Interaction | undefined;
  /**
   * Takes the first answer, however it came.
   * @throws Refusal 40060 answered before, 10062 too late, 50035 wrong type or body, 50006, 10008
   */
  answer(interaction: Interaction, body: unknown, uploads: readonly Upload[]): void;
  /** Tells that content has come after a deferred answer. */
  complete(interaction: Interaction, message: Message): void;
  /** Gives up on whatever the clock has overtaken. */
  expire(): void;
}

interface Waiting {
  readonly accept: (callback: Callback) => void;
  readonly reject: (error: Error) => void;
  readonly complete: (message: Message | null) => void;
  readonly timer: NodeJS.Timeout;
  readonly startedAt: number;
}

/** @param deliver hands an interaction to the bot; false where no bot is there to take it */
export function createInteractions(world: World, deliver: (interaction: Interaction) => boolean): Interactions {
  const byId = new Map<string, Interaction>();
  const tokens = new Map<string, Interaction>();
  const waiting = new Map<Interaction, Waiting>();

  const giveUp = (interaction: Interaction, why: string) => {
    const wait = waiting.get(interaction);
    if (!wait || interaction.answer) return;
    clearTimeout(wait.timer);
    wait.reject(new Error(`${why}: ${titleOf(interaction)}`));
  };
  const isLate = ({ createdAt }: Interaction) => world.clock.now() - createdAt > INTERACTION.firstAnswer;

  return {
    ask({ type, user, channel, source, payload }) {
      const id = world.clock.nextId();
      const token = `${Buffer.from(`interaction:${id}`).toString('base64url')}${randomBytes(80).toString('base64url')}`;
      const first = settleable<Callback>();
      const last = settleable<Message | null>();
      const interaction: Interaction = {
        id,
        token,
        type,
        user,
        channel,
        source,
        payload: { id, application_id: world.applicationId, token, version: 1, type, ...payload },
        createdAt: world.clock.now(),
        answer: null,
        answerMs: null,
        original: null,
        messages: new Set(),
        answered: first.promise,
        completed: last.promise,
      };
      // Whoever asked may look at the outcome later, or never.
      interaction.answered.catch(() => {});
      const timer = setTimeout(() => giveUp(interaction, 'No valid answer within 3 seconds'), INTERACTION.firstAnswer);
      timer.unref();
      waiting.set(interaction, {
        accept: first.resolve,
        reject: first.reject,
        complete: last.resolve,
        timer,
        startedAt: performance.now(),
      });
      byId.set(id, interaction);
      tokens.set(token, interaction);
      world.events.emit({ name: 'interaction', interaction });
      if (!deliver(interaction)) giveUp(interaction, 'The bot is not connected');
      return interaction;
    },

    find(id, token) {
      const interaction = byId.get(id);
      if (interaction?.token !== token) throw refusal(10062);
      return interaction;
    },

    byToken: (token) => tokens.get(token),

    answer(interaction, body, uploads) {
      if (interaction.answer) throw refusal(40060);
      if (isLate(interaction)) throw refusal(10062);
      const callback = checkCallback(body, allowedTypes(interaction));
      interaction.original = applyAnswer(world, interaction, callback, uploads);
      if (interaction.original) interaction.messages.add(interaction.original);
      interaction.answer = callback;
      const wait = waiting.get(interaction);
      clearTimeout(wait?.timer);
      interaction.answerMs = performance.now() - (wait?.startedAt ?? 0);
      wait?.accept(callback);
      if (callback.type !== 5 && callback.type !== 6) wait?.complete(interaction.original);
      world.events.emit({ name: 'interaction', interaction });
    },

    complete(interaction, message) {
      waiting.get(interaction)?.complete(message);
      world.events.emit({ name: 'interaction', interaction });
    },

    expire() {
      for (const interaction of waiting.keys())
        if (isLate(interaction)) giveUp(interaction, 'No valid answer within 3 seconds');
    },
  };
}

function settleable<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
