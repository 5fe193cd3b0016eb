// Addresses in Discord's developer portal, where applications are configured.

/** The list of the operator's applications. */
export const PORTAL = 'https://discord.com/developers/applications';

/** A page of an application: General Information, or Bot. */
export const portalPage = (applicationId: string, page: 'information' | 'bot'): string =>
  `${PORTAL}/${applicationId}/${page}`;
