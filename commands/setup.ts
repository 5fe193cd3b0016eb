// /setup: one private panel in which a server's settings are chosen.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { type Answer, messageBody } from '../src/discord/answer.ts';
import type { Command, CommandDefinition, ComponentHandler, ComponentInteraction } from '../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../src/discord/deferred.ts';
import { isId } from '../src/discord/ids.ts';
import { serverOf, userIdOf } from '../src/discord/options.ts';
import { requireModerator } from '../src/discord/permissions.ts';
import type { RenderContext } from '../src/discord/render-context.ts';
import { GUIDES_TOPIC, renderGuides } from '../src/discord/views/guides.ts';
import { plainCode } from '../src/discord/views/plain-text.ts';
import { answerUnknownButton } from '../src/discord/walk-buttons.ts';
import { en } from '../src/i18n/en.ts';
import { markPresent } from '../src/servers/repository.ts';
import { changeSetting, recordSetup, resumeForums } from '../src/servers/settings.ts';
import { pinTopic, requirePossible } from './faq-pin/add.ts';
import { targetHere } from './faq-pin/target.ts';
import { IN_SERVERS } from './places.ts';
import { isSetupId, readSetupId, type SetupControl } from './setup/ids.ts';
import { setupPanel } from './setup/panel.ts';
import type { SetupServices } from './setup/services.ts';
import { sampleAnswer } from './setup/try-it.ts';

/** Code points of each role that is not taken: 25 of them fit into a message. */
const MAX_ROLE_NAME = 60;

export const setupDefinition: CommandDefinition = {
  name: 'setup',
  description: en.command.setup,
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
};

/** Creates `/setup`, which requires Manage Server. */
export function setupCommand(services: SetupServices): Command {
  return {
    definition: setupDefinition,
    async run(interaction) {
      const { contexts, store, clock } = services;
      const context = await contexts.contextFor(interaction);
      const guildId = requireModerator(interaction, context.messages, 'ManageGuild');
      return deferPrivately(async () => {
        if (!context.settings.isSetUp) await recordSetup(store, guildId, interaction.guild_locale ?? '');
        // Otherwise nobody would notice that the bot has left a server in which nothing else was stored.
        const at = new Date(clock.now());
        await markPresent(store, [guildId], { applicationId: interaction.application_id, at });
        return setupPanel(guildId, context, services);
      });
    },
  };
}

/** Creates the handler of the panel's menus and buttons, which checks the person's permission again. */
export function setupComponents(services: SetupServices): ComponentHandler {
  return {
    matches: isSetupId,
    async onComponent(interaction) {
      const context = await services.contexts.contextFor(interaction);
      const guildId = requireModerator(interaction, context.messages, 'ManageGuild');
      const control = readSetupId(interaction.data.custom_id);
      switch (control) {
        case 'pin':
          return pinGuides(interaction, guildId, context, services);
        case 'try':
          return deferPrivately(async () => {
            const ofServer = await services.contexts.publicContextFor(serverOf(interaction, guildId));
            return sampleAnswer(context.messages, ofServer, services);
          });
        case undefined:
          return answerUnknownButton(services.contexts, interaction);
        default:
          return deferUpdate(async () => {
            const notice = await change(interaction, guildId, control, context, services);
            return setupPanel(guildId, context, services, notice);
          });
      }
    },
  };
}

/** Saves what was chosen. @returns what the person has to know about it @throws {StoreError} */
async function change(
  interaction: ComponentInteraction,
  guildId: string,
  control: Exclude<SetupControl, 'pin' | 'try'>,
  { messages }: RenderContext,
  { contexts, store }: SetupServices,
): Promise<string> {
  const by = userIdOf(interaction) ?? '';
  const { data } = interaction;
  const values = 'values' in data ? data.values : [];
  const resolved = 'resolved' in data ? data.resolved : undefined;
  const [first] = values;
  const channels = idsIn(values, resolved && 'channels' in resolved ? resolved.channels : undefined, guildId);
  switch (control) {
    case 'forums':
      await changeSetting(store, guildId, { name: 'forums', value: channels, by });
      return '';
    case 'roles': {
      const known = resolved && 'roles' in resolved ? resolved.roles : undefined;
      const ids = idsIn(values, known, guildId);
      const refused = ids.filter((id) => id === guildId || known?.[id]?.managed);
      await changeSetting(store, guildId, {
        name: 'helper-roles',
        value: ids.filter((id) => !refused.includes(id)),
        by,
      });
      const names = refused.map((id) => (id === guildId ? '@everyone' : (known?.[id]?.name ?? id)));
      return names.length > 0
        ? messages.setup.refused(names.map((name) => `\`${plainCode(name, MAX_ROLE_NAME)}\``).join(', '))
        : '';
    }
    case 'person':
      await changeSetting(store, guildId, { name: 'helpers-channel', value: channels[0], by });
      return '';
    case 'language':
      if (first !== undefined && contexts.content.editions.has(first))
        await changeSetting(store, guildId, { name: 'language', value: first, by });
      return '';
    case 'resume':
      await resumeForums(store, guildId, by);
      return '';
  }
}

/** The chosen ids that Discord knows in this server. */
function idsIn(
  values: readonly string[],
  resolved: Readonly<Record<string, object>> | undefined,
  guildId: string,
): string[] {
  return values.filter((id) => {
    const one = resolved?.[id];
    return isId(id) && one !== undefined && (!('guild_id' in one) || one.guild_id === guildId);
  });
}

/** **Pin the guides here**: one message with a button for each guide, in the channel where the panel is. */
function pinGuides(
  interaction: ComponentInteraction,
  guildId: string,
  { messages }: RenderContext,
  services: SetupServices,
): Answer {
  const target = targetHere(interaction);
  requirePossible(target, messages);
  return deferPrivately(async () => {
    const body = renderGuides(await services.contexts.publicContextFor(serverOf(interaction, guildId)));
    const url = await pinTopic(interaction, { guildId, topic: GUIDES_TOPIC, target }, body, messages, services);
    return messageBody({ content: messages.setup.pinned(url) });
  });
}
