// People who use the bot: each act sends the interaction that Discord would send, and waits for the answer.
import { memberPermissionsIn } from './access.ts';
import type { OptionValues } from './command-data.ts';
import { commandData, commandsForChannel, findCommandLine } from './command-data.ts';
import type { Actor, ResolvedObjects } from './interaction-payload.ts';
import { contextFields, noResolvedObjects, resolvedJson } from './interaction-payload.ts';
import { interactionTitle } from './interaction-title.ts';
import { messageJson } from './message-json.ts';
import { editMessage, type MessageDraft, sendMessage } from './messages.ts';
import type { ModalValues } from './modal-data.ts';
import { modalData } from './modal-data.ts';
import type { Channel, Interaction, Json, Message, User } from './model.ts';
import { effectivePermissions } from './permissions.ts';
import type { Backend } from './routes/route.ts';
import type { Callback, Choice } from './schema/callback.ts';
import type { Button, Control, Menu } from './schema/component.ts';

/** The bot's first answer, narrowed by its callback type, and what came of it. */
export type InteractionResult = Callback & {
  /** The live record: it changes with later edits. Null where the answer makes no message. */
  readonly message: Message | null;
  /** Milliseconds to the first answer. */
  readonly ms: number;
  readonly interaction: Interaction;
};

export interface PersonOptions {
  readonly locale?: string;
  /** Permissions in every channel, instead of those of the membership. */
  readonly permissions?: bigint;
  /** Permissions in single channels, by channel id. */
  readonly permissionsIn?: ReadonlyMap<string, bigint>;
}

/** What a person sends with a text, or instead of one. */
type MessageExtras = Pick<MessageDraft, 'attachments' | 'stickers' | 'forwarded'>;

/** How long the content of a deferred answer is waited for, in milliseconds. */
const CONTENT_TIMEOUT_MS = 60_000;

export class Person implements Actor {
  readonly user: User;
  readonly channel: Channel;
  readonly locale: string;
  readonly #backend: Backend;
  readonly #options: PersonOptions;

  constructor(backend: Backend, user: User, channel: Channel, options: PersonOptions = {}) {
    this.#backend = backend;
    this.user = user;
    this.channel = channel;
    this.locale = options.locale ?? 'en-US';
    this.#options = options;
  }

  /** The same person in another channel. */
  in(channel: Channel): Person {
    return new Person(this.#backend, this.user, channel, this.#options);
  }

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
    return this.#send(2, commandData(world, this, findCommandLine(registry, this.channel, line), options));
  }

  /** Asks for the choices of an option that `text` was typed into. */
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

  /** Presses the button with this label or custom_id, or the first whose label or custom_id matches. */
  async press(message: Message | null, which: string | RegExp): Promise<InteractionResult> {
    const seen = this.#seen(message);
    const button = buttonsOf(seen).find(({ label, custom_id: id = '' }) =>
      typeof which === 'string' ? label === which || id === which : which.test(label ?? '') || which.test(id),
    );
    if (!button) {
      const there = buttonsOf(seen).map(({ label, emoji }) => label ?? emoji?.name);
      throw new Error(`There is no button ${which}; there are: ${there.join(', ') || 'none'}`);
    }
    if (button.disabled || button.custom_id === undefined) throw new Error(`The button ${which} is disabled or a link`);
    return this.pressId(seen, button.custom_id);
  }

  /** Presses a button with any custom_id at all, also one that the message does not have. */
  async pressId(message: Message | null, customId: string): Promise<InteractionResult> {
    const seen = this.#seen(message);
    return this.in(seen.channel).#send(3, { component_type: 2, custom_id: customId, id: 2 }, seen);
  }

  /** Chooses values in the select menu with this custom_id or position. For users, roles and channels the values are ids. */
  async choose(message: Message | null, which: string | number, values: readonly string[]): Promise<InteractionResult> {
    const seen = this.#seen(message);
    const menu = menusOf(seen).find(({ custom_id: id }, at) => which === id || which === at);
    if (!menu || menu.disabled) throw new Error(`There is no select menu ${which} that can be used`);
    if (menu.type === 3) {
      const strange = values.find((value) => !menu.options.some((option) => option.value === value));
      if (strange !== undefined) throw new Error(`The select menu has no option ${strange}`);
    }
    const { world } = this.#backend;
    const resolved = menu.type === 3 ? {} : resolvedJson(world, this, this.#resolve(values));
    return this.in(seen.channel).#send(
      3,
      { component_type: menu.type, custom_id: menu.custom_id, id: 2, values, ...resolved },
      seen,
    );
  }

  /** Uses a command of the message menu on a message. */
  async menu(commandName: string, message: Message | null): Promise<InteractionResult> {
    const { world, registry } = this.#backend;
    const seen = this.#seen(message);
    const command = commandsForChannel(registry, seen.channel).find(
      ({ type, name }) => type === 3 && name === commandName,
    );
    if (!command) throw new Error(`The message command "${commandName}" is not registered for this channel`);
    const resolved = resolvedJson(world, this, { ...noResolvedObjects(), messages: [seen] });
    const place = command.guild_id === undefined ? {} : { guild_id: command.guild_id };
    return this.in(seen.channel).#send(2, {
      id: command.id,
      name: command.name,
      type: 3,
      target_id: seen.id,
      ...place,
      ...resolved,
    });
  }

  /** Fills in and sends the modal that an answer opened. */
  async submit(opened: InteractionResult, values: ModalValues = {}): Promise<InteractionResult> {
    if (opened.type !== 9) throw new Error(`The bot opened no modal: it answered with type ${opened.type}`);
    const { channel, source } = opened.interaction;
    const person = this.in(channel);
    return person.#send(5, modalData(this.#backend.world, person, opened.data, values), source);
  }

  /** Writes a message. `mentions` are put in front of the text. A message that forwards another has no text. */
  async say(
    text: string,
    { replyTo, mentions = [], ...more }: { replyTo?: Message; mentions?: readonly User[] } & MessageExtras = {},
  ): Promise<{ message: Message; ms: number }> {
    const content = [...mentions.map(({ id }) => `<@${id}>`), text].join(' ');
    const message = sendMessage(this.#backend.world, {
      channel: this.channel,
      author: this.user,
      form: { content },
      ...more,
      replyTo: replyTo === undefined ? null : { channel: replyTo.channel, messageId: replyTo.id },
    });
    return { message, ms: 0 };
  }

  /** Edits a message that this person wrote. */
  edit(message: Message, content: string): void {
    editMessage(this.#backend.world, message, { content }, [], 'message');
  }

  /** Sends any interaction at all: these fields over the usual surroundings. `type` and `data` are needed. */
  async sendRaw(fields: Json, source: Message | null = null): Promise<InteractionResult> {
    const { world } = this.#backend;
    const message = source === null ? {} : { message: messageJson(world, source) };
    return this.#ask(Number(fields.type), { ...contextFields(world, this), ...message, ...fields }, source);
  }

  #send(type: number, data: Json, source: Message | null = null): Promise<InteractionResult> {
    const { world } = this.#backend;
    const message = source === null ? {} : { message: messageJson(world, source) };
    return this.#ask(type, { ...contextFields(world, this), data, ...message }, source);
  }

  async #ask(type: number, payload: Json, source: Message | null): Promise<InteractionResult> {
    const { user, channel } = this;
    const interaction = this.#backend.interactions.create({ type, user, channel, source, payload });
    const callback = await interaction.answered;
    const message = await this.#content(interaction, callback);
    return { ...callback, message, ms: interaction.answerMs ?? 0, interaction };
  }

  async #content(interaction: Interaction, { type }: Callback): Promise<Message | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CONTENT_TIMEOUT_MS);
    });
    const outcome = await Promise.race([interaction.completed, late]);
    clearTimeout(timer);
    if (outcome !== 'late') return outcome;
    // A deferred update may rightly come to nothing; a deferred message left its author waiting.
    if (type === 6) return interaction.original;
    throw new Error(
      `Deferred, but no content came within ${CONTENT_TIMEOUT_MS / 1000} seconds: ${interactionTitle(interaction)}`,
    );
  }

  #seen(message: Message | null): Message {
    if (message === null) throw new Error('There is no message to act on');
    if (message.isDeleted) throw new Error('The message was deleted');
    if (message.viewer !== null && message.viewer !== this.user)
      throw new Error(`${this.user.name} does not see this ephemeral message`);
    return message;
  }

  #resolve(ids: readonly string[]): ResolvedObjects {
    const { users, channels } = this.#backend.world;
    const found = <T>(map: ReadonlyMap<string, T>) => ids.map((id) => map.get(id)).filter((each) => each !== undefined);
    return { ...noResolvedObjects(), users: found(users), channels: found(channels), roleIds: [...ids] };
  }
}

const controlsOf = ({ components }: Message): Control[] => components.flatMap((row) => row.components);

/** The buttons of a message, row by row. */
export const buttonsOf = (message: Message): Button[] => controlsOf(message).filter((control) => control.type === 2);

/** The select menus of a message. */
export const menusOf = (message: Message): Menu[] => controlsOf(message).filter((control) => control.type !== 2);
