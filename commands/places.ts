// Where commands may be used: parts of their definitions.
import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';

/** Everyone's commands: in servers and in the bot's DMs, installed to a server. */
export const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/** Moderators' commands: in servers only. */
export const IN_SERVERS = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};
