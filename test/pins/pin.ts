// A pin as the tests add it.
let count = 0;

/** A pin on a message and in a channel of its own. */
export const pin = (more: object = {}) => ({
  guildId: 'g',
  channelId: `c${++count}`,
  messageId: `m${++count}`,
  topic: 'close-account#money',
  shownDigest: 'old',
  pinnedBy: '77',
  ...more,
});
