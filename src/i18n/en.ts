// Every sentence of the bot that is not content, in English.

/** Words for a member's eyes. Other languages have the same keys. */
export const en = {
  button: {
    back: 'Back',
    startOver: 'Start over',
    plan: 'My plan',
    sendPlan: 'Send to my DMs',
    helped: 'Yes, this helped',
    notHelped: 'No',
    openGuide: 'Open the guide',
    notThis: 'Not this',
    none: 'None of these',
  },
  page: {
    alert: { NOTE: 'Note', TIP: 'Tip', IMPORTANT: 'Important', WARNING: 'Warning', CAUTION: 'Take care' },
    steps: 'What to do',
    sources: (reviewed: string) => `Sources, last reviewed ${reviewed}`,
    moreSources: 'More sources',
    guideAlone: 'This page rests on the guide alone: we found no page of Upwork about it.',
    notUpwork: 'Guidepost is not Upwork. Where they differ, Upwork’s rule counts.',
    didThisHelp: 'Did this help?',
    moved: 'That page has moved. This is the nearest one.',
  },
  feedback: {
    thanks: { name: 'Thank you', value: 'Your answer was counted. Nothing about you is kept.' },
    sorry: {
      name: 'Sorry that this did not help',
      value:
        'Press **Back** or **Start over** and choose another way, or ask Upwork itself: https://support.upwork.com',
    },
  },
  plan: {
    title: 'My plan',
    intro: 'The steps of the pages you came by, in their order. Copy the list, or let me send it to you.',
    none: 'The pages you came by hold no steps yet.',
    more: (count: number) => `… and ${count} more on the pages themselves.`,
    sent: 'Sent. Look into your direct messages.',
    closed:
      'Discord does not let me write to you. Allow direct messages from this server (server menu, Privacy Settings), then press the button again.',
    failed: 'Discord did not take the message. Press the button again in a minute.',
  },
  command: {
    page: 'Open this page of the guide',
    share: 'Show it to everyone here (otherwise only you see it)',
    help: 'What this bot does, its sources, what it stores',
    ask: 'Ask in your own words about closing, reopening or second accounts',
    question: 'Your question, in a few English words',
    faq: 'Show one answer to everyone here',
    topic: 'What it is about',
    member: 'Whom it is for: they are notified',
    pin: 'Pinned answers that stay up to date',
    pinAdd: 'Post a topic and pin it',
    pinRemove: 'Remove a pinned topic',
    pinList: 'What is pinned in this server, and whether it is still there',
    channel: 'Where (this channel if you leave it out)',
    edit: 'This server’s own replies',
    editAdd: 'Write a new reply',
    editChange: 'Change a reply, or write your words over a page of the guide',
    editRemove: 'Remove a reply, or your words over a page',
    editHistory: 'Who changed a topic, and when',
    editUndo: 'Take back the last change of a topic',
    editExport: 'Get all replies of this server as a file',
    editImport: 'Read replies from a file; shows first what would change',
    file: 'A Markdown file, as /faq-edit export makes it',
    insights: 'What members read, where they stop, what finds no answer',
    insightsDays: 'How many days, up to 90 (30 if you leave it out)',
  },
  help: {
    title: 'Guidepost: your questions about Upwork accounts',
    intro: 'I walk you through closing, reopening and keeping an Upwork account. Choose a question below.',
    commands: 'Commands',
    command: (name: string, description: string) => `**/${name}**: ${description}`,
    self: 'this page',
    moderators:
      'For moderators of a server: **/faq-pin**, **/faq-edit**, **/insights**, and Apps › **Answer with FAQ** on a message.',
    sources: 'Sources',
    sourcesText: (guide: string, reviewed: string) =>
      `Each page names its sources. They are ${guide}, and Upwork’s own help pages, last reviewed ${reviewed}. I am not Upwork. Where the two differ, I show both, and Upwork’s rule counts.`,
    limits: 'What I do not do',
    limitsText: 'I see no account, and I cannot change one. I do not help anybody to get round a ban.',
    stores: 'What I store',
    storesText:
      'Nothing about who you are. Where you are in a guide is kept in the buttons themselves. Per server and day I count how often a page is read and whether it helped. The words of a question that I cannot answer are kept for 30 days, without who asked; only the moderators of that server see them. Of moderators I keep their replies, who changed one when, and who pinned one.',
    lost: 'I do not know this button any more. These are the guides.',
  },
  faq: {
    addressed: (userId: string) => `For <@${userId}>:`,
    noTopic: (text: string) => `I know no topic “${text}”. Choose one from the list that opens while you type.`,
    own: 'Written by the moderators of this server.',
    over: 'The moderators of this server wrote this in place of the guide’s own words.',
  },
  ask: {
    guess: 'I think you mean this. If not, press **Not this**.',
    guessReply: 'I think you mean this answer of the moderators here. If not, press **Not this**.',
    unsure: 'Which of these do you mean?',
    unsureText: 'I am not sure. Choose the nearest one, or ask again in other words.',
    unknown: 'I don’t know that',
    unknownText:
      'I only know about closing, reopening and keeping Upwork accounts. Ask again in other words, or begin with one of these guides. Type /help to see all that I can do. For anything else, Upwork’s support is at https://support.upwork.com.',
    otherLanguage:
      'I understand English only, and I could not read your question. Please ask in a few simple English words, or begin with one of these guides. Upwork’s support is at https://support.upwork.com.',
    onlyMine: 'I can read only messages that are written to me. Write your question after my name, or use /ask.',
    onlyText:
      'I can read only text, not pictures, stickers or voice messages. Write your question here in a few words.',
    busy: 'My search is still being prepared. Please ask again in a few seconds.',
    asked: (question: string) => `**Asked:** ${question}`,
  },
  edit: {
    addTitle: 'A new reply',
    changeTitle: 'Change this reply',
    overTitle: 'Your words over this page',
    title: 'Title',
    text: 'Text',
    textHint: 'Discord’s Markdown. Links begin with https://. Nobody is notified by it.',
    aliases: 'Other words for it (optional)',
    aliasesHint: 'Separate them with commas. Put one that has a comma in quotes: refunds, "wait, what"',
    saved: (title: string) => `Saved: **${title}**. Pinned copies follow within seconds.`,
    removed: (title: string) => `Removed: **${title}**. \`/faq-edit undo\` brings it back.`,
    overRemoved: (title: string) =>
      `**${title}** shows the guide’s own words again. \`/faq-edit undo\` brings yours back.`,
    removedMark: '(removed)',
    undone: (title: string) => `Undone: **${title}** is shown again as below. A second undo takes this back.`,
    undoneToNothing: (title: string) => `Undone: **${title}** is not shown any more. A second undo brings it back.`,
    undoneToGuide: (title: string) =>
      `Undone: **${title}** shows the guide’s own words. A second undo brings yours back.`,
    askRemove: (title: string) =>
      `Remove **${title}**? Members no longer find it, and its pinned copies stay as they are until you remove them.`,
    askRemoveOver: (title: string) =>
      `Remove your words over **${title}**? The page then shows the guide’s own words again.`,
    notOwn:
      'This is a page of the guide, and this server has no words of its own over it: there is nothing to remove or undo. You can write your own with `/faq-edit change`.',
    gone: 'This reply does not exist any more. Choose one from the list that opens while you type.',
    full: (most: number) =>
      `This server has ${most} replies, and there is no room for more. Remove some with \`/faq-edit remove\`, then try again.`,
    tooLongForForm:
      'This text has so many emoji or rare characters that it does not fit into Discord’s form. Get it with `/faq-edit export`, change it in the file, then use `/faq-edit import`.',
    changedMeanwhile:
      'Somebody changed this reply in the meantime, so nothing was done. Look at it again with `/faq-edit history`.',
    history: (title: string) => `History of “${title}”`,
    noHistory: 'Nobody has changed this page here yet: it shows the guide’s own words.',
    action: { add: 'added', change: 'changed', remove: 'removed', undo: 'undone', import: 'imported' },
    revision: (number: number, action: string, userId: string, seconds: number) =>
      `**${number}** ${action} by <@${userId}>, <t:${seconds}:f>`,
    conflict: (userId: string) =>
      `Not saved: <@${userId}> changed this reply while you were writing. Nothing is lost: both texts are below and in the files. Press **Edit again** to begin from the text that is shown now.`,
    conflictGone: 'This reply was removed while you were writing.',
    now: 'The text that is shown now',
    yours: 'Your text',
    notSaved: (why: string) => `Not saved. ${why}\nYour text is below and in the file, so that nothing is lost.`,
    problem: {
      empty: (field: string) => `${field}: this must not be empty.`,
      long: (field: string, limit: number) => `${field}: at most ${limit} characters.`,
      many: (field: string, limit: number) => `${field}: at most ${limit}.`,
      lines: (field: string) => `${field}: one line only.`,
      character: (field: string) => `${field}: there is a sign in it that cannot be kept. Type it anew.`,
      link: (field: string, value: string) => `${field}: the link \`${value}\` must begin with https://.`,
    },
  },
  exchange: {
    exported: (count: number) =>
      `${count === 1 ? 'Here is the one reply' : `Here are the ${count} replies`} of this server. Change the file as you like, then use \`/faq-edit import\`.`,
    exportedPacked: (count: number) =>
      `Here are the ${count} replies of this server. They are packed (gzip), because Discord takes no larger files. \`/faq-edit import\` reads the file as it is. Unpack it to change something.`,
    exportedPart: (count: number, total: number) =>
      `Here are ${count} of the ${total} replies of this server. They are packed (gzip), because Discord takes no larger files. \`/faq-edit import\` reads each file as it is.`,
    nextPart: 'Next part',
    nothing: 'This server has no replies of its own yet. `/faq-edit add` makes the first.',
    noRest: 'There are no more replies: those of the next part were removed meanwhile. You have all that is left.',
    plan: (added: number, changed: number, same: number) =>
      `Nothing is changed yet. New in this file: ${added}. Changed: ${changed}. The same already: ${same}. Replies that it does not name stay as they are.`,
    planChanged: (plan: string) =>
      `Nothing was imported: the replies of this server have changed since I asked. This is what the file would do now. ${plan}`,
    planBusy:
      'Other moderators are saving these replies at the moment, so nothing was imported. Try again in a minute.',
    importing: (written: number, total: number) => `Importing: ${written} of ${total} …`,
    allSame: 'This file has nothing new: all of its replies are saved already.',
    added: 'New',
    changed: 'Changed',
    more: (count: number) => `… and ${count} more`,
    imported: (count: number) => `Imported: ${count}. Pinned copies follow within seconds.`,
    full: (added: number, most: number) =>
      `This file cannot be imported: it adds ${added} ${added === 1 ? 'reply' : 'replies'}, and a server has room for ${most} in all. Nothing was changed. Take some out of the file, or remove replies with \`/faq-edit remove\`.`,
    findings: 'This file cannot be imported. Nothing was changed. Mend these places and try again:',
    notFetched: 'I could not read that file: Discord did not give it to me. Upload it again and try once more.',
    warnings: 'Check these first. Members see nothing of words over a page that the guides do not have:',
    tooLargePacked:
      'That file is too large, even when it is compressed: Discord takes at most 10 MiB. Split it into several files and import each by itself.',
    tooLarge: 'That file is larger than 16 MiB. Make several smaller ones of it: each can be imported by itself.',
    elsewhere: 'I read files from Discord only. Attach the file to the command.',
  },
  pin: {
    pinned: (channelId: string, url: string) =>
      `Pinned in <#${channelId}>: ${url}\nIt follows the guide and your own words from now on.`,
    already: (channelId: string, url: string) =>
      `This topic cannot be pinned twice: it is pinned in <#${channelId}> already: ${url}`,
    youLack: (permissions: string, channelId: string) => `You need the permission ${permissions} in <#${channelId}>.`,
    botLacks: (permissions: string, channelId: string) =>
      `I lack the permission ${permissions} in <#${channelId}>. Ask an admin of this server to give it to me there, then try again.`,
    full: (channelId: string) =>
      `<#${channelId}> is full: Discord allows 250 pinned messages in a channel. Unpin something there first. Nothing was posted.`,
    archived: (channelId: string) =>
      `<#${channelId}> is archived or locked. Open it again, then try once more. Nothing was posted.`,
    notThere: (channelId: string) => `I cannot see <#${channelId}>, or it does not exist any more. Nothing was posted.`,
    failed: 'Discord failed, so nothing was pinned or left behind. Try again in a minute.',
    leftBehind: (url: string) =>
      `Nothing was pinned, but my message is still there, because Discord did not let me delete it: ${url}\nDelete it by hand, then try again.`,
    kept: {
      permission: (channelId: string) =>
        `Discord does not let me delete my message in <#${channelId}>, so nothing was removed. Check that I have **View Channel** and **Read Message History** there, then try again, or delete the message by hand.`,
      access: (channelId: string) =>
        `I cannot see <#${channelId}>, so nothing was removed. Give me **View Channel** there, then try again.`,
      archived: (channelId: string) =>
        `<#${channelId}> is archived or locked, so nothing was removed. Open it again, then try once more.`,
      failed: 'Discord failed, so nothing was removed. Try again in a minute.',
    },
    blocked: 'A rule of this server (AutoMod) or Discord itself blocks this text. Nothing was posted.',
    notPinned: (channelId: string) =>
      `That is not pinned in <#${channelId}>, so there is nothing to remove. \`/faq-pin list\` shows what is.`,
    removed: (title: string, channelId: string) => `Removed from <#${channelId}>: **${title}**.`,
    removedGone: (title: string, channelId: string) =>
      `**${title}** was gone from <#${channelId}> already. I no longer look for it.`,
    list: 'Pinned here',
    none: 'Nothing is pinned by me in this server. `/faq-pin add` pins a topic.',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}** in <#${channelId}> · ${state} · ${url}`,
    state: {
      alive: 'up to date',
      due: 'follows in a moment',
      archived: 'not up to date: the thread is archived or locked. Open it again, then use `/faq-pin list` once more',
      blocked: 'not up to date: a rule of this server (AutoMod) or Discord itself blocks the new text',
      forbidden: 'not up to date: Discord does not let me edit it. Check my permissions in that channel',
      failing: 'not up to date: the last edit failed. I try again by myself',
      unpinned: 'no longer pinned: somebody unpinned it; the message is still there and follows',
      message: 'gone: the message was deleted',
      channel: 'gone: the channel was deleted',
      access: 'not reachable: I no longer see that channel',
      permission: 'not checked: I lack **Read Message History** there',
      topic: 'its topic is gone; the message stays as it was',
      unknown: 'not checked: Discord did not answer',
    },
    unknownTopic: 'A topic that is gone',
    older: 'Next page',
    newer: 'Page before',
    reason: (user: string, command: string) => `${command} by ${user}`,
  },
  menu: {
    choose: 'Which topic answers this message? The reply appears under it, and its author is notified.',
    placeholder: 'Choose a topic',
    search: 'Search',
    searchTitle: 'Search a topic',
    searchLabel: 'What is it about?',
    none: (text: string) => `No topic fits “${text}”. Try other words.`,
    sent: (url: string) => `Sent: ${url}`,
    gone: 'That message does not exist any more, so there is nothing to reply to.',
    system: 'Discord allows no replies to this message: it is a notice of its own. Nothing was sent.',
    failed: 'Discord did not take the reply. Nothing was sent; try again in a minute.',
  },
  insights: {
    title: (days: string) => (days === '1' ? 'Insights: today' : `Insights: the last ${days} days`),
    empty: (days: string) =>
      `${days === '1' ? 'Today' : `In the last ${days} days`} nothing was counted in this server. As soon as members use the guides, you see here what they read most, where they stop, whether it helped, and which questions found no answer.`,
    compared: (days: string) =>
      days === '1'
        ? 'In brackets: compared with the day before.'
        : `In brackets: compared with the ${days} days before.`,
    pages: (count: string, trend: string) => `Pages read: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `Shown to everyone: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `Walks: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `Links followed: **${count}** (${trend})`,
    more: (percent: string) => `+${percent} %`,
    less: (percent: string) => `−${percent} %`,
    same: 'the same',
    alike: 'nearly the same',
    new: 'none before',
    read: 'Most read',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'Where walks stop',
    stopsHint: 'Pages that are no outcome. If many walks end on one, something may be missing there.',
    outcomes: 'Where walks end well',
    end: (title: string, percent: string, ended: string, seen: string) =>
      `**${title}**: ${percent} % of walks (${ended} of ${seen} times it was seen)`,
    helped: 'Did it help?',
    judged: (yes: string, no: string, percent: string) => `Yes ${yes}, no ${no}: it helped ${percent} %.`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: no ${no}, yes ${yes}`,
    asked: 'Questions with /ask',
    answers: (answered: string, unsure: string, declined: string) =>
      `Answered ${answered}, unsure ${unsure}, not answered ${declined}`,
    questions: 'Questions without an answer',
    question: (text: string, count: string) => `“${text}” × ${count}`,
    series: 'Read, day by day (the bars)',
    seriesBefore: 'The period before (the line)',
    week: (from: string, counts: string) => `${from}: ${counts}`,
    chart: (days: string, total: string, most: string, date: string) =>
      `Bar chart: what was read on each of ${days} days, ${total} in all, and as a line the period before. The highest bar is ${date} with ${most}. The numbers stand in the text.`,
    goneTopic: 'A topic that is gone',
    write: (question: string) => `Write a reply: ${question}`,
    gone: 'This question is not kept any more: questions go after 30 days. You can write the reply with `/faq-edit add`.',
    footer:
      'Counted per server and day (UTC), without anything about members. Questions are kept 30 days, without who asked.',
  },
  confirm: {
    remove: 'Remove it',
    import: (count: number) => `Import ${count} ${count === 1 ? 'reply' : 'replies'}`,
    cancel: 'Cancel',
    cancelled: 'Nothing was changed.',
    editAgain: 'Edit again',
  },
  error: {
    serverOnly: 'This works in servers only: it is for moderators, and needs a server to be in.',
    lacks: (permissions: string) => `You need the permission ${permissions} for this.`,
    store: {
      unavailable: 'The database cannot be reached at the moment. The guides go on working. Try again in a minute.',
      locked: 'The database is busy at the moment, so this failed. Try again in a minute.',
      full: 'The disk of this bot is full, so this could not be saved. What was saved before is safe. Tell the people who run this bot.',
      'read-only':
        'The database of this bot takes no changes at the moment, so this could not be saved. Tell the people who run this bot.',
      corrupt:
        'The database of this bot cannot be read, so this failed. The guides go on working. Tell the people who run this bot.',
      newer:
        'The database of this bot belongs to a newer version of it, so this failed. The guides still work. Please tell the people who run this bot.',
      duplicate: 'Somebody else did the same at this moment, so this was not saved twice. Look again.',
    },
    noPage: (text: string) =>
      `There is no page “${text}” in this guide. Choose one from the list that opens while you type.`,
    noCommand: 'I do not know this command any more. Discord may show it for some minutes yet: use /help instead.',
    notShown:
      'Discord did not accept my answer, so I can’t show it here. What you asked for may be done: check before you try again.',
    restarting: 'I’m being restarted and could not finish this. Please try again in a minute.',
    bug: (reference: string) =>
      `Something went wrong here, and it was not you. Please try again. If it happens again, tell the people who run this bot: **${reference}**.`,
  },
} as const;
