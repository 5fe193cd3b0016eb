// What the tests of stored replies share: drafts, and requests by somebody in a server of their own.
let count = 0;

export const PAGE = 'close-account#money';
export const draft = (text: string) => ({ title: 'Refunds', text, aliases: ['money back'] });
export const by = (guildId: string) => ({ guildId, authorId: '77', cause: `cause-${++count}` });
export const newGuild = () => `guild-${++count}`;
