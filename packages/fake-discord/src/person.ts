// People who use the bot: each action sends the interaction that Discord would send, and waits for the answer.
import { memberPermissionsIn } from './access.ts';
import { findChosen, requireCount } from './chosen.ts';
import type { OptionValues } from './command-data.ts';
import { commandData, commandsForChannel, findCommandLine, requireListedTypes } from './command-data.ts';
import { componentId } from './component-ids.ts';
import type { Actor } from './interaction-payload.ts';
import { contextFields, noResolvedObjects, resolvedJson, sourceFields } from './interaction-payload.ts';
import { interactionTitle } from './interaction-title.ts';
import { buttonsOf, menusOf } from './message-controls.ts';
import { editMessage } from './messages.ts';
import type { ModalValues } from './modal-data.ts';
import { modalData } from './modal-data.ts';
import type { Channel, Interaction, Json, Message, User } from './model.ts';
import { effectivePermissions } from './permissions.ts';
import type { Backend } from './routes/route.ts';
import type { Callback, Choice } from './schema/callback.ts';
import { createPost, type MessageExtras, type Post, type PostExtras, writeMessage } from './writing.ts';

/** The bot's first answer, narrowed by its callback type, and the resulting message. */
export type InteractionResult = Callback & {
  /** The live object: later edits change it. Null if the answer has no message. */
  readonly message: Message | null;
  /** Time to the first answer, in milliseconds. */
  readonly ms: number;
  readonly interaction: Interaction;
};

/** What a person is besides a user: permissions, and a language other than the user's. */
export interface PersonOptions {
  readonly locale?: string;
  /** Permissions in every channel, instead of the member's own. */
  readonly permissions?: bigint;
  /** Permissions in some channels, by channel id. */
  readonly permissionsIn?: ReadonlyMap<string, bigint>;
}

/** Time to wait for the content of a deferred answer, in milliseconds. */
const CONTENT_TIMEOUT_MS = 60_000;

/**
 * A user who acts in one channel. Each action resolves with the bot's answer, and rejects with an Error where Discord's
 * client would not send it, or where the bot gives no valid answer in time.
 */
export class Person implements Actor {
  readonly user: User;
  readonly channel: Channel;
  readonly #backend: Backend;
  readonly #options: PersonOptions;

  constructor(backend: Backend, user: User, channel: Channel, options: PersonOptions = {}) {
    this.#backend = backend;
    this.user = user;
    this.channel = channel;
    this.#options = options;
  }

  /** The language of this person's Discord. */
  get locale(): string {
    return this.#options.locale ?? this.user.locale;
  }

  /** The same person in another channel. */
  in(channel: Channel): Person {
    return new Person(this.#backend, this.user, channel, this.#options);
  }

  /** The permissions of this person in a channel, as interactions carry them. */
  permissionsIn(channel: Channel): bigint {
    const { permissions, permissionsIn } = this.#options;
    const own = permissionsIn?.get(channel.id) ?? permissions;
    return own === undefined || channel.guild === null
      ? memberPermissionsIn(channel, this.user)
      : effectivePermissions(own);
  }

  /**
   * Sends a slash command.
   * @param line the command with its subcommand, such as `faq-pin add`
   * @param options values by option name; users, channels and attachments as the fake Discord's records
   */
  async slash(line: string, options: OptionValues = {}): Promise<InteractionResult> {
    const { world, registry } = this.#backend;
    const found = findCommandLine(registry, this.channel, line);
    requireListedTypes(found, options);
    return this.#send(2, commandData(world, this, found, options));
  }

  /** Requests the autocomplete choices for `text` in an option. */
  async autocomplete(
    line: string,
    option: string,
    text: string,
    otherOptions: OptionValues = {},
  ): Promise<readonly Choice[]> {
    const { world, registry } = this.#backend;
    const found = findCommandLine(registry, this.channel, line);
    const answer = await this.#send(4, commandData(world, this, found, { ...otherOptions, [option]: text }, option));
    return answer.type === 8 ? answer.data.choices : [];
  }

  /** Presses the button with this label or custom_id, or the first that matches. */
  async press(message: Message | null, which: string | RegExp): Promise<InteractionResult> {
    const target = this.#requireVisible(message);
    const button = buttonsOf(target).find(({ label, custom_id: id = '' }) =>
      typeof which === 'string' ? label === which || id === which : which.test(label ?? '') || which.test(id),
    );
    if (!button) {
      const labels = buttonsOf(target).map(({ label, emoji }) => label ?? emoji?.name);
      throw new Error(`There is no button ${which}, only: ${labels.join(', ') || 'none'}`);
    }
    if (button.disabled || button.custom_id === undefined) throw new Error(`The button ${which} is disabled or a link`);
    return this.pressId(target, button.custom_id);
  }

  /** Presses a button with any custom_id, even one that the message doesn't have. */
  async pressId(message: Message | null, customId: string): Promise<InteractionResult> {
    const target = this.#requireVisible(message);
    const id = componentId(target, customId);
    return this.in(target.channel).#send(3, { component_type: 2, custom_id: customId, id }, target);
  }

  /** Chooses values in the select menu with this custom_id or index. Values of users, roles and channels are ids. */
  async choose(message: Message | null, which: string | number, values: readonly string[]): Promise<InteractionResult> {
    const target = this.#requireVisible(message);
    const person = this.in(target.channel);
    const menu = menusOf(target).find(({ custom_id: id }, at) => which === id || which === at);
    if (!menu || menu.disabled) throw new Error(`There is no select menu ${which} that can be used`);
    if (menu.type === 3) {
      const unknown = values.find((value) => !menu.options.some((option) => option.value === value));
      if (unknown !== undefined) throw new Error(`The select menu has no option ${unknown}`);
    }
    const { world } = this.#backend;
    const name = `The select menu ${menu.custom_id}`;
    requireCount(name, menu, values);
    const chosen = menu.type === 3 ? {} : findChosen(world, person, menu, name, values);
    const resolved = resolvedJson(world, person, { ...noResolvedObjects(), ...chosen });
    const id = componentId(target, menu.custom_id);
    return person.#send(3, { component_type: menu.type, custom_id: menu.custom_id, id, values, ...resolved }, target);
  }

  /** Runs a message command on a message. */
  async menu(commandName: string, message: Message | null): Promise<InteractionResult> {
    const { world, registry } = this.#backend;
    const target = this.#requireVisible(message);
    const command = commandsForChannel(registry, target.channel).find(
      ({ type, name }) => type === 3 && name === commandName,
    );
    if (!command) throw new Error(`The message command "${commandName}" is not registered for this channel`);
    const resolved = resolvedJson(world, this, { ...noResolvedObjects(), messages: [target] });
    const scope = command.guild_id === undefined ? {} : { guild_id: command.guild_id };
    return this.in(target.channel).#send(2, {
      id: command.id,
      name: command.name,
      type: 3,
      target_id: target.id,
      ...scope,
      ...resolved,
    });
  }

  /** Fills in and submits the modal that an answer opened. */
  async submit(opened: InteractionResult, values: ModalValues = {}): Promise<InteractionResult> {
    if (opened.type !== 9) throw new Error(`The bot did not open a modal but answered with type ${opened.type}`);
    const { channel, source } = opened.interaction;
    const person = this.in(channel);
    return person.#send(5, modalData(this.#backend.world, person, opened.data, values), source);
  }

  /** Writes a message. `mentions` come before the text. A message that forwards another has no text. */
  async say(text: string, extras: MessageExtras & { replyTo?: Message } = {}): Promise<{ message: Message }> {
    return { message: writeMessage(this.#backend.world, this, text, extras) };
  }

  /** Creates a post in a forum. Rejects with an Error where this person may not, or where the client would not. */
  post(forum: Channel, title: string, text: string, extras: PostExtras = {}): Promise<Post> {
    return createPost(this.#backend.world, this, forum, title, text, extras);
  }

  /** Edits a message. Throws an Error for one that somebody else wrote. */
  edit(message: Message, content: string): void {
    if (message.author !== this.user) throw new Error(`${this.user.name} did not write this message`);
    editMessage(this.#backend.world, message, { content }, [], 'message');
  }

  /** Sends any interaction: the given fields override the usual ones. `type` and `data` are required. */
  async sendRaw(fields: Json, source: Message | null = null): Promise<InteractionResult> {
    const { world } = this.#backend;
    const common = { ...contextFields(world, this), ...sourceFields(world, source) };
    return this.#sendPayload(Number(fields.type), { ...common, ...fields }, source);
  }

  #send(type: number, data: Json, source: Message | null = null): Promise<InteractionResult> {
    const { world } = this.#backend;
    return this.#sendPayload(type, { ...contextFields(world, this), data, ...sourceFields(world, source) }, source);
  }

  async #sendPayload(type: number, payload: Json, source: Message | null): Promise<InteractionResult> {
    const { user, channel } = this;
    const interaction = this.#backend.interactions.create({ type, user, channel, source, payload });
    const callback = await interaction.answered;
    const message = await this.#waitForContent(interaction, callback);
    return { ...callback, message, ms: interaction.answerMs ?? 0, interaction };
  }

  async #waitForContent(interaction: Interaction, { type }: Callback): Promise<Message | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CONTENT_TIMEOUT_MS);
    });
    const outcome = await Promise.race([interaction.completed, late]);
    clearTimeout(timer);
    if (outcome !== 'late') return outcome;
    // A deferred update may end without a change; a deferred message must get content.
    if (type === 6) return interaction.original;
    throw new Error(
      `Deferred, but no content arrived within ${CONTENT_TIMEOUT_MS / 1000} seconds: ${interactionTitle(interaction)}`,
    );
  }

  #requireVisible(message: Message | null): Message {
    if (message === null) throw new Error('There is no message to act on');
    if (message.isDeleted) throw new Error('The message was deleted');
    if (message.viewer !== null && message.viewer !== this.user)
      throw new Error(`${this.user.name} can't see this ephemeral message`);
    return message;
  }
}
