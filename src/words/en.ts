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
    faq: 'Show one answer to everyone here',
    topic: 'What it is about',
    member: 'Whom it is for: they are notified',
  },
  help: {
    title: 'Guidepost: your questions about Upwork accounts',
    intro: 'I walk you through closing, reopening and keeping an Upwork account. Choose a question below.',
    commands: 'Commands',
    command: (name: string, description: string) => `**/${name}**: ${description}`,
    self: 'this page',
    sources: 'Sources',
    sourcesText: (guide: string, reviewed: string) =>
      `Each page names its sources. They are ${guide}, and Upwork’s own help pages, last reviewed ${reviewed}. I am not Upwork. Where the two differ, I show both, and Upwork’s rule counts.`,
    limits: 'What I do not do',
    limitsText: 'I see no account, and I cannot change one. I do not help anybody to get round a ban.',
    stores: 'What I store',
    storesText: 'Nothing about you. Where you are in a guide is kept in the buttons themselves.',
    lost: 'I do not know this button any more. These are the guides.',
  },
  faq: {
    addressed: (userId: string) => `For <@${userId}>:`,
    noTopic: (text: string) => `I know no topic “${text}”. Choose one from the list that opens while you type.`,
  },
  error: {
    noPage: (text: string) =>
      `There is no page “${text}” in this guide. Choose one from the list that opens while you type.`,
    noCommand: 'I do not know this command any more. Discord may show it for some minutes yet: use /help instead.',
    bug: (reference: string) =>
      `Something went wrong here, and it was not you. Please try again. If it happens again, tell the people who run this bot: **${reference}**.`,
  },
} as const;
