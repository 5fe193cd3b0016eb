// English: asking a person, answers in forums, /setup.

export const servers = {
  person: {
    title: 'Ask a person',
    question: 'Your question',
    questionHint: 'Helpers see it with your name. The answer comes in this channel, for all to read.',
    about: (title: string) => `About “${title}”:`,
    blank: 'Your question was empty, so nothing was sent.',
    off: (support: string) => `This server has no channel for questions to people any more. ${support}`,
    open: (url: string) =>
      `Your last question is still open: ${url}. You can ask another when it is answered, or after a day. If you can see that channel, you can press **Answered** there yourself.`,
    sending: 'Your question is on its way. One at a time, please.',
    recent: 'You have just asked and answered yourself. You can ask again in ten minutes.',
    noSending: (channelId: string) =>
      `An answer would come in <#${channelId}>, and you or I may not write there. Ask in another channel, please.`,
    closedAlready: 'This question is closed already, so nothing was posted. You typed:',
    full: (support: string) =>
      `Helpers of this server got ten questions in the last hour, and I pass on no more. Try again later, or ask the moderators. ${support}`,
    post: (userId: string, channelId: string, question: string) =>
      `<@${userId}> asks in <#${channelId}>:\n> ${question}`,
    postHint: 'Press **Answered** to write words or a link. I post them there and mention who asked.',
    sent: (channelId: string) =>
      `Sent to the helpers of this server. As soon as one of them answers, I mention you in <#${channelId}>.`,
    failed: (support: string) =>
      `I couldn’t pass your question on, so no helper has seen it. Ask the moderators of this server instead. ${support}`,
    notYours: 'Only moderators, helpers and the person who asked can do this.',
    answerTitle: 'Answer this question',
    answer: 'Words or a link',
    answerHint: 'I post them where the question was asked, and mention who asked.',
    answerBlank: 'Your answer was empty, so nothing was posted.',
    reply: (userId: string, by: string, answer: string) => `<@${userId}>, an answer from <@${by}>:\n${answer}`,
    replySelf: (userId: string, answer: string) => `<@${userId}> has found an answer:\n${answer}`,
    closed: (by: string) => `**Answered** by <@${by}>.`,
    posted: (url: string) => `Posted: ${url}`,
    notPosted: (channelId: string) =>
      `I couldn’t post your answer in <#${channelId}>: I may not see that channel or write there, or it is closed. Nothing was changed. You can answer there yourself. You typed:`,
    waiting: (links: string) => `Waiting for an answer for more than a day:\n${links}`,
    waitingSince: (seconds: number, url: string) => `Asked <t:${seconds}:R>: ${url}`,
  },
  forum: {
    hint: 'I’m a bot, and I answer by the title of a post. If you asked something else, press **Not this**.',
    notYours:
      'Only the person who asked, moderators and helpers can remove this answer. For a question of your own, use </ask>.',
    removed: 'I’ve removed my answer. People in this forum can still answer.',
    notRemoved: 'Discord didn’t let me remove my answer. Please try again in a minute, or ask a moderator.',
    stopped: (forumId: string) =>
      `Three of my answers in <#${forumId}> were removed within a day, so I answer nothing there for now. A person with **Manage Server** can press **Go on** in </setup>.`,
  },
  setup: {
    title: 'Setup of this server',
    forums: 'Answers in forums',
    noForums: 'Off. Choose the forums in which I answer new posts.',
    forumsHint:
      'I wait a few seconds after a new post. Then I answer once, if its title is clear and nobody else has written.',
    forumsAreNew: 'Answers in forums are new. They were tried on a simulated Discord, but not on Discord itself yet.',
    noGateway:
      'Not available: this bot runs over HTTP, and answers in forums need the gateway. Ask the people who run this bot.',
    roles: 'Helpers',
    noRoles: 'None. Choose the roles of people who may write replies, pin topics and see insights.',
    rolesHint:
      'They may write replies, pin topics and see insights. Discord hides those commands from them until you allow their role under **Server Settings › Integrations**.',
    person: 'Ask a person',
    noPerson:
      'Off. Choose a channel that your helpers read. Members then get a button that passes their question on to it.',
    personHint:
      'Members get a button **Ask a person** where I’m not sure, on urgent pages and under my answers in forums. Their questions appear in that channel.',
    language: 'Language of public answers',
    lacks: (channels: string, permissions: string, consequence: string) =>
      `I lack ${permissions} in ${channels}. ${consequence}`,
    noPosts: 'Until that changes, I answer nothing there.',
    noQuestions: 'Until that changes, I can’t pass questions on.',
    goneChannels: (channels: string) => `Deleted on Discord: ${channels}. Choose again.`,
    goneRoles: (roles: string) => `Deleted on Discord: ${roles}. Choose again.`,
    publicChannel: (channel: string) =>
      `All members can see ${channel}, so they also read the questions that others ask in private. Choose a channel for your helpers only.`,
    silentRole: (roleId: string) =>
      `I can’t notify <@&${roleId}> of a question. Turn on **Allow anyone to @mention this role** in the settings of that role.`,
    stopped: (channels: string) =>
      `I answer nothing in ${channels} for now: three of my answers were removed within a day. Press **Go on** to let me answer there again.`,
    refused: (roles: string) =>
      `Not saved: ${roles}. Neither @everyone nor a role that belongs to a bot or to Discord can be for helpers.`,
    changed: (userId: string, seconds: number) => `Last changed by <@${userId}> <t:${seconds}:R>.`,
    chooseForums: 'Forums in which I answer',
    chooseRoles: 'Roles of helpers',
    choosePerson: 'Channel for questions to a person',
    chooseLanguage: 'Language of public answers',
    pinGuides: 'Pin the guides here',
    tryIt: 'Try it',
    guides: 'The guides',
    pinned: (url: string) => `Pinned, and kept up to date: ${url}`,
    sample: (question: string) => `This is what members see if somebody asks “${question}”:`,
    noSample: 'My search is still starting, so there is nothing to show yet. Try again in a few seconds.',
    sampleOnly: 'This is only a sample, and nobody else sees it.',
    notSetUp:
      'This server isn’t set up yet: </setup> lets you choose forums, helpers and more. I say this only once, and only to you.',
  },
} as const;
