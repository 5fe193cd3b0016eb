// Interactions from their creation to their last follow-up (Discord docs, Receiving and Responding).
import { randomBytes } from 'node:crypto';
import { apiError } from './api-error.ts';
import { allowedCallbackTypes, applyCallback, focusedOptionType } from './first-answer.ts';
import { interactionTitle } from './interaction-title.ts';
import type { Channel, Interaction, Json, Message, Upload, User, World } from './model.ts';
import { type Callback, parseCallback } from './schema/callback.ts';

/** An interaction before it has an id and a token. */
export interface NewInteraction {
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  readonly source: Message | null;
  /** The payload without id, token, application and version, which are added here. */
  readonly payload: Json;
}

/** Sends an interaction to the bot. Returns false where no bot is connected. */
export type Deliver = (interaction: Interaction) => boolean;

interface Pending {
  readonly answered: Resolvers<Callback>;
  readonly completed: Resolvers<Message | null>;
  readonly timer: NodeJS.Timeout;
  readonly startedAt: number;
}

/**
 * All interactions, by id and by token. Each can be answered once, within three seconds, and followed up for 15
 * minutes.
 */
export class Interactions {
  readonly #world: World;
  readonly #deliver: Deliver;
  readonly #byId = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #pending = new Map<Interaction, Pending>();

  constructor(world: World, deliver: Deliver) {
    this.#world = world;
    this.#deliver = deliver;
  }

  /** Creates an interaction and delivers it to the bot. */
  create({ type, user, channel, source, payload }: NewInteraction): Interaction {
    const world = this.#world;
    const id = world.clock.nextId();
    const token = `${Buffer.from(`interaction:${id}`).toString('base64url')}${randomBytes(80).toString('base64url')}`;
    const answered = withResolvers<Callback>();
    const completed = withResolvers<Message | null>();
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
      answered: answered.promise,
      completed: completed.promise,
    };
    // The caller may await the outcome later, or never.
    answered.promise.catch(() => {});
    const timer = setTimeout(() => this.#fail(interaction, this.#tooLate()), world.answerWithinMs);
    timer.unref();
    this.#pending.set(interaction, { answered, completed, timer, startedAt: performance.now() });
    this.#byId.set(id, interaction);
    this.#byToken.set(token, interaction);
    world.events.emit({ name: 'interaction', interaction });
    if (!this.#deliver(interaction)) this.#fail(interaction, 'The bot is not connected');
    return interaction;
  }

  /** Throws ApiError 10062 for an unknown id or a wrong token. */
  find(id: string, token: string): Interaction {
    const interaction = this.#byId.get(id);
    if (interaction?.token !== token) throw apiError(10062);
    return interaction;
  }

  /** The interaction with this token, however old; undefined if there is none. */
  findByToken(token: string): Interaction | undefined {
    return this.#byToken.get(token);
  }

  /**
   * Takes the first answer, from either transport.
   * @throws ApiError 40060 answered before, 10062 too late, 50035 wrong type or body, 50006, 10008
   */
  answer(interaction: Interaction, body: unknown, uploads: readonly Upload[]): void {
    if (interaction.answer) throw apiError(40060);
    if (this.#isLate(interaction)) throw apiError(10062);
    const callback = parseCallback(body, allowedCallbackTypes(interaction), focusedOptionType(interaction));
    interaction.original = applyCallback(this.#world, interaction, callback, uploads);
    if (interaction.original) interaction.messages.add(interaction.original);
    interaction.answer = callback;
    const pending = this.#pending.get(interaction);
    clearTimeout(pending?.timer);
    interaction.answerMs = performance.now() - (pending?.startedAt ?? 0);
    pending?.answered.resolve(callback);
    if (callback.type !== 5 && callback.type !== 6) pending?.completed.resolve(interaction.original);
    this.#world.events.emit({ name: 'interaction', interaction });
  }

  /** Reports that the content of a deferred answer has arrived. */
  complete(interaction: Interaction, message: Message): void {
    this.#pending.get(interaction)?.completed.resolve(message);
    this.#world.events.emit({ name: 'interaction', interaction });
  }

  /** Fails every unanswered interaction whose time is over by the fake Discord's clock. */
  expire(): void {
    for (const interaction of this.#pending.keys())
      if (this.#isLate(interaction)) this.#fail(interaction, this.#tooLate());
  }

  #isLate({ createdAt }: Interaction): boolean {
    return this.#world.clock.now() - createdAt > this.#world.answerWithinMs;
  }

  #tooLate(): string {
    return `No valid answer within ${this.#world.answerWithinMs / 1000} seconds`;
  }

  #fail(interaction: Interaction, reason: string): void {
    const pending = this.#pending.get(interaction);
    if (!pending || interaction.answer) return;
    clearTimeout(pending.timer);
    pending.answered.reject(new Error(`${reason}: ${interactionTitle(interaction)}`));
  }
}

interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers, which Node.js 20 does not have. */
function withResolvers<T>(): Resolvers<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
