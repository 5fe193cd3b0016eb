// Interactions as Discord sends them, for tests of what answers them: by a member of a server who has all permissions.
import {
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import type {
  AutocompleteInteraction,
  ChatInputInteraction,
  ComponentInteraction,
  MessageCommandInteraction,
  ModalInteraction,
} from '../src/discord/command.ts';

export const GUILD_ID = '900000000000000001';
export const CHANNEL_ID = '900000000000000002';
export const USER_ID = '900000000000000003';
export const MESSAGE_ID = '900000000000000004';
const ALL_PERMISSIONS = String(2n ** 53n - 1n);

type Value = string | boolean;

export interface InteractionContext {
  /** `null` for a direct message. */
  readonly guildId?: string | null;
  readonly channel?: object;
  readonly userId?: string;
  readonly locale?: string;
  /** Of the server. */
  readonly guildLocale?: string;
  /** The member's permissions and the bot's, as Discord's decimal numbers. */
  readonly permissions?: string;
  readonly appPermissions?: string;
  /** More fields of `data`, or other values for its fields. */
  readonly data?: object;
  /** The message that a component belongs to. */
  readonly message?: object;
}

let count = 0;

/** The fields that every interaction has. */
function fields(context: InteractionContext): object {
  const { guildId = GUILD_ID, channel = { id: CHANNEL_ID, type: 0 }, userId = USER_ID, locale = 'en-US' } = context;
  const { guildLocale = 'en-US' } = context;
  const { permissions = ALL_PERMISSIONS, appPermissions = ALL_PERMISSIONS } = context;
  const user = { id: userId, username: 'ann', discriminator: '0', global_name: 'Ann', avatar: null };
  count += 1;
  return {
    id: String(900_000_000_000_001_000n + BigInt(count)),
    application_id: '900000000000000009',
    token: `token-${count}`,
    version: 1,
    locale,
    channel,
    channel_id: 'id' in channel ? channel.id : CHANNEL_ID,
    app_permissions: appPermissions,
    entitlements: [],
    ...(guildId === null
      ? { user, context: 1 }
      : { guild_id: guildId, guild_locale: guildLocale, context: 0, member: { user, roles: [], permissions } }),
    ...(context.message ? { message: context.message } : {}),
  };
}

function commandOptions(options: Record<string, Value>, focused?: string): object[] {
  return Object.entries(options).map(([name, value]) => ({
    name,
    value,
    type: typeof value === 'boolean' ? ApplicationCommandOptionType.Boolean : ApplicationCommandOptionType.String,
    ...(name === focused ? { focused: true } : {}),
  }));
}

/** The name and options of a command line such as `ask` or `faq-pin add`. */
function commandData(line: string, options: object[], more: object = {}): object {
  const [name, subcommand] = line.split(' ');
  const all = subcommand ? [{ name: subcommand, type: ApplicationCommandOptionType.Subcommand, options }] : options;
  return { id: '900000000000000005', name, type: ApplicationCommandType.ChatInput, options: all, ...more };
}

// The types of Discord's payloads have many fields that no bot reads; these are the ones that Discord fills.

/** A slash command, such as `commandInteraction('faq-pin add', { topic: 'start' })`. */
export function commandInteraction(
  line: string,
  options: Record<string, Value> = {},
  context: InteractionContext = {},
): ChatInputInteraction {
  const data = commandData(line, commandOptions(options), context.data);
  return { type: InteractionType.ApplicationCommand, ...fields(context), data } as ChatInputInteraction;
}

/** A member typing into an option. */
export function autocompleteInteraction(
  line: string,
  [name, text]: readonly [string, string],
  context: InteractionContext = {},
): AutocompleteInteraction {
  const data = commandData(line, commandOptions({ [name]: text }, name), context.data);
  return {
    type: InteractionType.ApplicationCommandAutocomplete,
    ...fields(context),
    data,
  } as AutocompleteInteraction;
}

/** A command of a message's menu. */
export function messageCommandInteraction(
  name: string,
  message: { id: string; [field: string]: unknown },
  context: InteractionContext = {},
): MessageCommandInteraction {
  const data = {
    id: '900000000000000006',
    name,
    type: ApplicationCommandType.Message,
    target_id: message.id,
    resolved: { messages: { [message.id]: message } },
    ...context.data,
  };
  return { type: InteractionType.ApplicationCommand, ...fields(context), data } as unknown as MessageCommandInteraction;
}

const MESSAGE = { id: MESSAGE_ID, channel_id: CHANNEL_ID, flags: 0, embeds: [], components: [] };

/** A button, or with values a select menu. */
export function componentInteraction(
  customId: string,
  context: InteractionContext & { readonly values?: string[] } = {},
): ComponentInteraction {
  const { values, message = MESSAGE } = context;
  const data = {
    custom_id: customId,
    component_type: values ? ComponentType.StringSelect : ComponentType.Button,
    ...(values ? { values } : {}),
    ...context.data,
  };
  const interaction = { type: InteractionType.MessageComponent, ...fields({ ...context, message }), data };
  return interaction as unknown as APIMessageComponentInteraction;
}

/** A submitted modal: text inputs by custom_id. */
export function modalInteraction(
  customId: string,
  inputs: Record<string, string>,
  context: InteractionContext = {},
): ModalInteraction {
  const components = Object.entries(inputs).map(([id, value]) => ({
    type: ComponentType.Label,
    id: 1,
    component: { type: ComponentType.TextInput, id: 2, custom_id: id, value },
  }));
  const data = { custom_id: customId, components, ...context.data };
  const interaction = { type: InteractionType.ModalSubmit, ...fields(context), data };
  return interaction as unknown as APIModalSubmitInteraction;
}
