// The panel of /setup: what is set, what keeps it from working, and the controls that change it.
import {
  type APIActionRowComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord-api-types/v10';
import { readAccess, type ServerAccess } from '../../src/discord/access.ts';
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { COMPONENT_LIMITS, cut, EMBED_LIMITS } from '../../src/discord/limits.ts';
import { type Permission, permissionNames } from '../../src/discord/permissions.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { COLOR } from '../../src/discord/views/colors.ts';
import { subtext } from '../../src/discord/views/plain-text.ts';
import { getOrInsert } from '../../src/get-or-insert.ts';
import type { Content } from '../../src/guide/model.ts';
import { editionFor } from '../../src/guide/walk.ts';
import { languageName } from '../../src/i18n/language-name.ts';
import type { Settings } from '../../src/servers/settings.ts';
import { unixSeconds } from '../../src/time.ts';
import { type SetupControl, setupId } from './ids.ts';
import type { SetupServices } from './services.ts';

/** What answers in forums need there, and what questions to helpers need in their channel. */
const FORUM_NEEDS: readonly Permission[] = ['ViewChannel', 'SendMessagesInThreads', 'ReadMessageHistory'];
const PERSON_NEEDS: readonly Permission[] = ['ViewChannel', 'SendMessages'];

/** What the panel shows. */
interface PanelParts {
  readonly context: RenderContext;
  readonly content: Content;
  readonly access: ServerAccess;
  readonly hasGateway: boolean;
}

/** Reads the settings and asks Discord what keeps them from working. @param notice text above it @throws {StoreError} */
export async function setupPanel(
  guildId: string,
  context: RenderContext,
  { contexts, settingsCache, rest, hasGateway }: SetupServices,
  notice = '',
): Promise<MessageBody> {
  const settings = await settingsCache.settingsOf(guildId);
  const { helpersChannel } = settings;
  const needed = new Map([
    ...settings.forums.map((id) => [id, FORUM_NEEDS] as const),
    ...(helpersChannel === undefined ? [] : [[helpersChannel, PERSON_NEEDS] as const]),
  ]);
  const access = await readAccess(rest, guildId, needed);
  const parts = { context: { ...context, settings }, content: contexts.content, access, hasGateway };
  return renderPanel(parts, notice);
}

function renderPanel(parts: PanelParts, notice: string): MessageBody {
  const { setup } = parts.context.messages;
  const sections = [forumLines(parts), roleLines(parts), personLines(parts), languageLines(parts)];
  const description = [...sections.map((lines) => lines.join('\n')), ...changeLine(parts.context)].join('\n\n');
  const embed = {
    color: COLOR.information,
    title: setup.title,
    description: cut(description, EMBED_LIMITS.description),
  };
  return messageBody({ content: notice, embeds: [embed], components: [...menuRows(parts), ...buttonRow(parts)] });
}

function forumLines({ context, access, hasGateway }: PanelParts): string[] {
  const { setup } = context.messages;
  const { forums } = context.settings;
  if (!hasGateway) return [bold(setup.forums), setup.noGateway];
  const problems = channelProblems(forums, access, setup.noPosts, context);
  const stopped = stoppedForums(context.settings);
  const resume = stopped.length > 0 ? [warning(setup.stopped(channelList(stopped)))] : [];
  const set = forums.length === 0 ? [setup.noForums] : [channelList(forums), setup.forumsHint];
  return [bold(setup.forums), ...set, ...problems, ...resume, subtext(setup.forumsAreNew)];
}

function roleLines({ context, access: { roles } }: PanelParts): string[] {
  const { setup } = context.messages;
  const { helperRoles } = context.settings;
  if (helperRoles.length === 0) return [bold(setup.roles), setup.noRoles];
  const gone = helperRoles.filter((id) => roles && !roles.has(id));
  const problem = gone.length > 0 ? [warning(setup.goneRoles(roleList(gone)))] : [];
  return [bold(setup.roles), roleList(helperRoles), setup.rolesHint, ...problem];
}

function personLines({ context, access }: PanelParts): string[] {
  const { setup } = context.messages;
  const { helpersChannel, helperRoles } = context.settings;
  if (helpersChannel === undefined) return [bold(setup.person), setup.noPerson];
  const problems = channelProblems([helpersChannel], access, setup.noQuestions, context);
  const channel = access.channels.get(helpersChannel);
  const isPublic = channel?.state === 'known' && channel.isPublic;
  const open = isPublic ? [warning(setup.publicChannel(channelList([helpersChannel])))] : [];
  const [notified = ''] = helperRoles;
  const isSilent = access.roles?.get(notified)?.mentionable === false;
  const silent = isSilent ? [warning(setup.silentRole(notified))] : [];
  return [bold(setup.person), channelList([helpersChannel]), setup.personHint, ...problems, ...open, ...silent];
}

function languageLines({ context, content }: PanelParts): string[] {
  const { setup } = context.messages;
  return [bold(setup.language), languageName(editionFor(content, context.settings.language).locale)];
}

function changeLine({ messages, settings: { lastChange } }: RenderContext): string[] {
  if (!lastChange) return [];
  return [subtext(messages.setup.changed(lastChange.by, unixSeconds(lastChange.at)))];
}

/** What is wrong with the channels that were chosen: one line for each problem, so that 25 forums fit into the panel. */
function channelProblems(
  ids: readonly string[],
  { channels }: ServerAccess,
  consequence: string,
  { messages: { setup } }: RenderContext,
): string[] {
  const gone = ids.filter((id) => channels.get(id)?.state === 'gone');
  const byLack = new Map<string, string[]>();
  for (const id of ids) {
    const access = channels.get(id);
    if (access?.state === 'known' && access.lacks.length > 0)
      getOrInsert(byLack, permissionNames(access.lacks), () => []).push(id);
  }
  return [
    ...(gone.length > 0 ? [warning(setup.goneChannels(channelList(gone)))] : []),
    ...[...byLack].map(([permissions, some]) => warning(setup.lacks(channelList(some), permissions, consequence))),
  ];
}

function menuRows(parts: PanelParts): APIActionRowComponent<APISelectMenuComponent>[] {
  const { context, access } = parts;
  const { setup } = context.messages;
  const { forums, helperRoles, helpersChannel } = context.settings;
  // Discord refuses a default that its menu does not list.
  const isListed = (id: string, type: ChannelType) => {
    const known = access.channels.get(id);
    return known?.state !== 'gone' && !(known?.state === 'known' && known.type !== undefined && known.type !== type);
  };
  const channelDefaults = (ids: readonly string[], type: ChannelType) =>
    ids.filter((id) => isListed(id, type)).map((id) => ({ id, type: SelectMenuDefaultValueType.Channel as const }));
  const roles = helperRoles.filter((id) => access.roles?.has(id) ?? true);
  const menus: APISelectMenuComponent[] = [
    {
      type: ComponentType.ChannelSelect,
      channel_types: [ChannelType.GuildForum],
      default_values: channelDefaults(forums, ChannelType.GuildForum),
      ...menuOf('forums', setup.chooseForums, COMPONENT_LIMITS.options),
    },
    {
      type: ComponentType.RoleSelect,
      default_values: roles.map((id) => ({ id, type: SelectMenuDefaultValueType.Role as const })),
      ...menuOf('roles', setup.chooseRoles, COMPONENT_LIMITS.options),
    },
    {
      type: ComponentType.ChannelSelect,
      channel_types: [ChannelType.GuildText],
      default_values: channelDefaults(helpersChannel === undefined ? [] : [helpersChannel], ChannelType.GuildText),
      ...menuOf('person', setup.choosePerson, 1),
    },
    {
      type: ComponentType.StringSelect,
      custom_id: setupId('language'),
      placeholder: setup.chooseLanguage,
      options: languageOptions(parts),
    },
  ];
  return menus.map((menu) => ({ type: ComponentType.ActionRow, components: [menu] }));
}

function menuOf(control: SetupControl, placeholder: string, most: number) {
  return { custom_id: setupId(control), placeholder, min_values: 0, max_values: most };
}

function languageOptions({ context, content }: PanelParts) {
  const chosen = editionFor(content, context.settings.language).locale;
  const locales = [...content.editions.keys()].slice(0, COMPONENT_LIMITS.options);
  return locales.map((locale) => ({ label: languageName(locale), value: locale, default: locale === chosen }));
}

function buttonRow({ context }: PanelParts) {
  const { setup, button } = context.messages;
  const hasStopped = stoppedForums(context.settings).length > 0;
  return rowsOf([
    ...(hasStopped ? [plainButton(button.goOn, setupId('resume'), ButtonStyle.Primary)] : []),
    plainButton(setup.pinGuides, setupId('pin')),
    plainButton(setup.tryIt, setupId('try')),
  ]);
}

/** A forum that is no longer chosen is not mentioned. */
function stoppedForums({ forums, stoppedForums: stopped }: Settings): string[] {
  return stopped.filter((id) => forums.includes(id));
}

function channelList(ids: readonly string[]): string {
  return ids.map((id) => `<#${id}>`).join(', ');
}

function roleList(ids: readonly string[]): string {
  return ids.map((id) => `<@&${id}>`).join(', ');
}

function bold(text: string): string {
  return `**${text}**`;
}

function warning(text: string): string {
  return `⚠️ ${text}`;
}
