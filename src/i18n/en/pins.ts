// English: /faq-pin.

export const pins = {
  pin: {
    pinned: (channelId: string, url: string) =>
      `Pinned in <#${channelId}>: ${url}\nIt is updated whenever the guide or your own text changes.`,
    already: (channelId: string, url: string) => `This topic is already pinned in <#${channelId}>: ${url}`,
    youLack: (permissions: string, channelId: string) => `You need ${permissions} in <#${channelId}>.`,
    botLacks: (permissions: string, channelId: string) =>
      `I need ${permissions} in <#${channelId}>. Ask an admin of this server to allow that, then try again.`,
    full: (channelId: string) =>
      `Nothing was posted: <#${channelId}> is full, because Discord allows 250 pinned messages in a channel. Unpin something there first.`,
    archived: (channelId: string) =>
      `Nothing was posted: <#${channelId}> is archived or locked. Reopen it, then try again.`,
    notThere: (channelId: string) => `Nothing was posted: I can’t see <#${channelId}>, or it no longer exists.`,
    failed: 'Nothing was pinned, because Discord failed. Try again in a minute.',
    leftBehind: (url: string) =>
      `Nothing was pinned, but my message is still there, because Discord didn’t let me delete it: ${url}\nDelete it yourself, then try again.`,
    kept: {
      permission: (channelId: string) =>
        `Nothing was removed: Discord doesn’t let me delete my message in <#${channelId}>. Check that I have **View Channel** and **Read Message History** there, then try again, or delete the message yourself.`,
      access: (channelId: string) =>
        `Nothing was removed: I can’t see <#${channelId}>. Give me **View Channel** there, then try again.`,
      archived: (channelId: string) =>
        `Nothing was removed: <#${channelId}> is archived or locked. Reopen it, then try again.`,
      failed: 'Nothing was removed, because Discord failed. Try again in a minute.',
    },
    blocked: 'Nothing was posted: a rule of this server (AutoMod) or Discord itself blocks this text.',
    notPinned: (channelId: string) =>
      `That is not pinned in <#${channelId}>, so there is nothing to remove. </faq-pin list> shows what is.`,
    removed: (title: string, channelId: string) => `Removed from <#${channelId}>: **${title}**.`,
    removedGone: (title: string, channelId: string) =>
      `**${title}** was already gone from <#${channelId}>. It is off the list now.`,
    list: 'Pinned here',
    none: 'Nothing is pinned by this bot yet. </faq-pin add> pins a topic.',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}** in <#${channelId}> · ${state} · ${url}`,
    state: {
      alive: 'up to date',
      due: 'update in progress',
      archived: 'not up to date: the thread is archived or locked. Reopen it, then use </faq-pin list> again',
      blocked: 'not up to date: a rule of this server (AutoMod) or Discord itself blocks the new text',
      forbidden: 'not up to date: Discord doesn’t let me edit it. Check my permissions in that channel',
      failing: 'not up to date: the last edit failed. I’ll try again',
      unpinned: 'no longer pinned: somebody unpinned it. The message is still there and kept up to date',
      message: 'gone: the message was deleted',
      channel: 'gone: the channel was deleted',
      access: 'not reachable: I can no longer see that channel',
      permission: 'not checked: I need **Read Message History** there',
      topic: 'its topic is gone. The message stays as it was',
      unknown: 'not checked: Discord didn’t answer',
    },
    unknownTopic: 'A topic that is gone',
    reason: (user: string, command: string) => `${command} by ${user}`,
  },
} as const;
