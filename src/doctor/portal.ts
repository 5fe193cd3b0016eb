// Discord's developer portal, where an application is set up.

/** The list of a person's applications. */
export const PORTAL = 'https://discord.com/developers/applications';

/** A page of an application: General Information, or Bot. */
export const portalPage = (applicationId: string, page: 'information' | 'bot'): string =>
  `${PORTAL}/${applicationId}/${page}`;
