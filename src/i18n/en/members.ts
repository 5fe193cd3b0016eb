// English: buttons, pages, answers and errors, as every member reads them.

export const members = {
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
    sources: 'Sources',
    askPerson: 'Ask a person',
    answered: 'Answered',
    goOn: 'Go on',
    openPage: 'Read the whole page',
  },
  page: {
    alert: { NOTE: 'Note', TIP: 'Tip', IMPORTANT: 'Important', WARNING: 'Warning', CAUTION: 'Take care' },
    steps: 'What to do',
    sources: 'Sources',
    moreSources: (count: number) => `and ${count} more under **Sources**`,
    /** What was done to check a source, after its name. */
    review: {
      opened: (date: string) => `opened ${date}`,
      compared: (date: string) => `copy, ${date}`,
      partial: (date: string) => `part of a copy, ${date}`,
    },
    didThisHelp: 'Did this help?',
    moved: 'That page has moved. This is the nearest one.',
    /** At the end of a page in another language than English, in that language. */
    translation: {
      unreviewed:
        'Translated from English. No native speaker has checked it yet. If it differs, the English page counts.',
      older: 'The English page has changed since this was translated.',
      missing: 'This page is not translated yet, so it is in English.',
    },
    next: 'Next page',
    previous: 'Previous page',
  },
  sources: {
    intro: 'Where the statements of this page come from, and how each source was checked.',
    source: (number: number) => `Source ${number}`,
    title: (page: string) => `Sources of “${page}”`,
    /** The same as `page.review`, as a sentence. */
    review: {
      opened: (date: string) => `A person opened this page on ${date}.`,
      compared: (date: string) =>
        `Compared with a stored copy of this page on ${date}. The date of the copy is not known, and the page may have changed.`,
      partial: (date: string) =>
        `Compared with a part of a stored copy of this page on ${date}. The date of the copy is not known, the rest was not read, and the page may have changed.`,
      concluded: (date: string) => `Written on ${date}. No page says this in these words.`,
    },
  },
  feedback: {
    thanks: { name: 'Thank you', value: 'Your answer was counted. Nothing about you is stored.' },
    sorry: {
      name: 'Sorry that this didn’t help',
      value: (support: string) => `Press **Back** or **Start over** to choose another page.\n${support}`,
    },
  },
  plan: {
    title: 'My plan',
    intro: 'Steps from the pages that led you here, in order.',
    copy: 'Copy the list, or let me send it to you.',
    none: 'The pages that led you here have no steps yet.',
    more: (count: number) => `… and ${count} more on the pages themselves.`,
    sent: 'Sent. Check your DMs.',
    closed:
      'Discord doesn’t let me send you a DM. Allow direct messages from this server (server menu, Privacy Settings), then press the button again.',
    failed: 'Discord didn’t accept the message. Press the button again in a minute.',
  },
  help: {
    commands: 'Commands',
    command: (name: string, description: string) => `</${name}>: ${description}`,
    self: 'this page',
    language: 'Read this in another language',
    moderators: 'For moderators of a server',
    moderatorsText: [
      '</setup>: forums, helpers, their channel, the language',
      '</faq-pin add>, </faq-pin remove>, </faq-pin list>: pinned topics that stay up to date',
      '</faq-edit add>, </faq-edit change>, </faq-edit remove>, </faq-edit history>, </faq-edit undo>: the server’s own replies',
      '</faq-edit export>, </faq-edit import>: all of its replies as a file',
      '</insights>: what members read, and which questions got no answer',
      'Apps › **Answer with FAQ** on a message: a reply with a topic',
      'Apps › **Save as reply** on a message: its words as a new reply',
      'Helpers (a role chosen in </setup>) can do all this except </setup>, </faq-edit remove> and </faq-edit import>.',
    ].join('\n'),
    sources: 'Sources',
    /** @param opened how many of all sources a person has opened @param date when the last of the others was compared */
    checked: (opened: number, all: number, date: string) => {
      if (opened === all) return `A person has opened each of the ${all} pages that I cite.`;
      const others = `compared with stored copies, some in part, the last time on ${date}`;
      return opened === 0
        ? `The pages that I cite were ${others}. Nobody has opened the live ones yet.`
        : `A person has opened ${opened} of the ${all} pages that I cite. The rest was ${others}.`;
    },
    limits: 'What I don’t do',
    stores: 'What I store',
    storesText:
      'Nothing about who you are, unless you are a moderator or a helper. The buttons themselves carry where you are in a guide. For each server and day I count how often a page is read and whether it helped. If I can’t answer a question, I keep its text for 30 days, but not who asked; only moderators and helpers of that server see it. I keep the ID of a post in a forum for 30 days, and where a question to a person was posted until it is answered, but the text of neither. For moderators I store settings and replies, who changed them and when, and who pinned them.',
    lost: 'I don’t know this button any more. Here are the guides.',
  },
  faq: {
    addressed: (userId: string) => `For <@${userId}>:`,
    noTopic: (text: string) => `There is no topic “${text}”. Choose one from the list that opens while you type.`,
    own: 'Written by the moderators of this server.',
    override: 'Written by the moderators of this server, in place of the guide’s own text.',
  },
  ask: {
    guess: 'I think you mean this. If not, press **Not this**.',
    guessReply: 'I think you mean this reply from the moderators. If not, press **Not this**.',
    unsure: 'Which of these do you mean?',
    unsureText: 'I’m not sure. Choose the closest one, or ask again in other words.',
    unknown: 'I don’t know that',
    elsewhere: 'Answered elsewhere',
    unknownText: 'Ask again in other words, or start with one of these guides. </help> shows everything I can do.',
    otherLanguage:
      'I couldn’t read your question. Please ask it in a few simple words, or start with one of these guides.',
    onlyMine: 'Write your question after my name, or use </ask>: I can only read messages that mention me.',
    onlyText: 'I can only read text, not pictures, stickers or voice messages. Write your question in a few words.',
    tooFast: 'One moment, please: you ask faster than I can read. Ask again in half a minute.',
    busy: 'My search is still starting. Please ask again in a few seconds.',
    courtesy: (scope: string) => `Happy to help. Write your question in one sentence. ${scope}`,
    asked: (question: string) => `**Asked:** ${question}`,
  },
  confirm: {
    remove: 'Remove it',
    import: (count: number) => `Import ${count} ${count === 1 ? 'reply' : 'replies'}`,
    cancel: 'Cancel',
    cancelled: 'Nothing was changed.',
    editAgain: 'Edit again',
  },
  error: {
    serverOnly: 'This only works in a server, because it’s for moderators.',
    lacks: (permission: string) => `You need the permission ${permission} for this.`,
    lacksAll: (permissions: string) => `You need one of these permissions for this: ${permissions}.`,
    store: {
      unavailable: 'I can’t reach my database right now. The guides still work. Try again in a minute.',
      locked: 'My database is busy, so this failed. Try again in a minute.',
      full: 'My disk is full, so this wasn’t saved. Everything saved earlier is safe. Please tell the people who run this bot.',
      'read-only':
        'My database doesn’t accept changes right now, so this wasn’t saved. Please tell the people who run this bot.',
      corrupt:
        'I can’t read my database, so this failed. The guides still work. Please tell the people who run this bot.',
      newer:
        'My database belongs to a newer version of this bot, so this failed. The guides still work. Please tell the people who run this bot.',
      duplicate: 'Somebody else did the same at this moment, so this wasn’t saved twice. Please look again.',
    },
    noPage: (text: string) =>
      `There is no page “${text}” in this guide. Choose one from the list that opens while you type.`,
    noCommand: 'This command no longer exists. Discord may still show it for a few minutes. Use </help> instead.',
    notShown:
      'Discord didn’t accept my answer, so I can’t show it here. What you asked for may be done: check before you try again.',
    restarting: 'I’m restarting and couldn’t finish this. Please try again in a minute.',
    bug: (reference: string) =>
      `Something went wrong on my side. Please try again. If it happens again, tell the people who run this bot: **${reference}**.`,
  },
} as const;
