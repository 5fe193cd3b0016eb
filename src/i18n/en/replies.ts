// English: /faq-edit with its export and import, and the message command Answer with FAQ.

export const replies = {
  edit: {
    addTitle: 'A new reply',
    changeTitle: 'Change this reply',
    overrideTitle: 'Your text in place of this page',
    title: 'Title',
    text: 'Text',
    textHint: 'Discord’s Markdown. Links begin with https://. Mentions don’t notify anyone.',
    aliases: 'Other names for it (optional)',
    aliasesHint: 'Separate them with commas. Put one that has a comma in quotes: refunds, "wait, what"',
    trial: {
      label: 'Try a question first (optional)',
      hint: 'I show what members who ask it would get, before anything is saved.',
      asked: (question: string) => `**Not saved yet.** If somebody asks “${question}”:`,
      sure: (page: string) => `I show ${page}.`,
      others: (pages: string) => `After **Not this** I offer ${pages}.`,
      unsure: (pages: string) => `I offer a choice: ${pages}.`,
      declined: 'I say that I don’t know that.',
      pointer: 'I say where else such questions are answered.',
      courtesy: 'I see a greeting or thanks, and no question.',
      busy: 'I can’t tell yet: the search is still starting. Try again in a minute.',
      thisReply: (title: string) => `**${title}** (this reply)`,
      missing: 'The question doesn’t find this reply. Add it, or its main words, to the other names and try again.',
      names: 'Other names',
      save: 'Save it',
    },
    noNames:
      'Members ask in many words. One or two other names, written as they would ask, help me to find this reply: </faq-edit change> adds them.',
    saved: (title: string) => `Saved: **${title}**. Pinned copies are updated within seconds.`,
    removed: (title: string) => `Removed: **${title}**. </faq-edit undo> brings it back.`,
    overrideRemoved: (title: string) =>
      `**${title}** shows the guide’s own text again. </faq-edit undo> brings yours back.`,
    removedMark: '(removed)',
    undone: (title: string) =>
      `Undone: **${title}** is shown again as below. </faq-edit undo> once more reverses this.`,
    undoneToNothing: (title: string) =>
      `Undone: **${title}** is no longer shown. </faq-edit undo> once more brings it back.`,
    undoneToGuide: (title: string) =>
      `Undone: **${title}** shows the guide’s own text. </faq-edit undo> once more brings yours back.`,
    askRemove: (title: string) =>
      `Remove **${title}**? Members no longer find it. Its pinned copies stay as they are until you remove them.`,
    askRemoveOverride: (title: string) =>
      `Remove your text in place of **${title}**? The page then shows the guide’s own text again.`,
    notOwn:
      'This is a page of the guides without text of your own, so there is nothing to remove or undo. </faq-edit change> writes your own text in its place.',
    gone: 'This reply no longer exists. Choose one from the list that opens while you type.',
    full: (most: number) =>
      `This server has ${most} replies, which is the limit. Remove some with </faq-edit remove>, then try again.`,
    noWords: 'This message has no words that I can read. Choose one with text.',
    tooLongToSave: 'This message is too long for a reply, which has room for 4,000 characters.',
    tooLongForForm:
      'This text has so many emoji or rare characters that it doesn’t fit into Discord’s form. Download it with </faq-edit export>, change it in the file, then use </faq-edit import>.',
    changedMeanwhile:
      'Somebody else has just changed this reply, so nothing was done. Check it with </faq-edit history>.',
    history: (title: string) => `History of “${title}”`,
    noHistory: 'Nobody has changed this page here yet: it shows the guide’s own text.',
    action: { add: 'added', change: 'changed', remove: 'removed', undo: 'undone', import: 'imported' },
    revision: (number: number, action: string, userId: string, seconds: number) =>
      `**${number}** ${action} by <@${userId}>, <t:${seconds}:f>`,
    conflict: (userId: string) =>
      `Not saved: <@${userId}> changed this reply while you were writing. Nothing is lost: both texts are below and in the files. Press **Edit again** to start from the text that is shown now.`,
    conflictGone: 'This reply was removed while you were writing.',
    now: 'The text that is shown now',
    yours: 'Your text',
    notSaved: (why: string) => `Not saved. ${why}\nYour text is below and in the file, so nothing is lost.`,
    problem: {
      empty: (field: string) => `${field}: can’t be empty.`,
      long: (field: string, limit: number) => `${field}: at most ${limit} characters.`,
      many: (field: string, limit: number) => `${field}: at most ${limit}.`,
      lines: (field: string) => `${field}: one line only.`,
      character: (field: string) => `${field}: contains a character that can’t be saved. Please retype it.`,
      link: (field: string, value: string) => `${field}: the link \`${value}\` must begin with https://.`,
    },
  },
  exchange: {
    exported: (count: number) =>
      `${count === 1 ? 'Here is the one reply' : `Here are the ${count} replies`} of this server. Change the file as you like, then use </faq-edit import>.`,
    exportedCompressed: (count: number) =>
      `Here are the ${count} replies of this server, compressed (gzip) to fit Discord’s size limit. </faq-edit import> reads the file as it is. Unpack it to change something.`,
    exportedPart: (count: number, total: number) =>
      `Here are ${count} of the ${total} replies of this server, compressed (gzip) to fit Discord’s size limit. </faq-edit import> reads each file as it is.`,
    nextPart: 'Next part',
    nothing: 'This server has no replies of its own yet. </faq-edit add> writes the first.',
    noRest: 'There are no more replies: those of the next part have been removed. You have all that are left.',
    plan: (added: number, changed: number, same: number) =>
      `Nothing is changed yet. New in this file: ${added}. Changed: ${changed}. Unchanged: ${same}. Replies that are not in the file stay as they are.`,
    planChanged: (plan: string) =>
      `Nothing was imported: the replies of this server have changed since I asked. This is what the file would do now. ${plan}`,
    planBusy: 'Other moderators are saving replies right now, so nothing was imported. Try again in a minute.',
    importing: (written: number, total: number) => `Importing: ${written} of ${total} …`,
    allSame: 'This file has nothing new: all of its replies are saved already.',
    added: 'New',
    changed: 'Changed',
    more: (count: number) => `… and ${count} more`,
    imported: (count: number) => `Imported: ${count}. Pinned copies are updated within seconds.`,
    full: (added: number, most: number) =>
      `Nothing was imported: the file adds ${added} ${added === 1 ? 'reply' : 'replies'}, and a server can have ${most} at most. Take some out of the file, or remove replies with </faq-edit remove>.`,
    findings: 'Nothing was imported, because the file has errors. Fix these and try again:',
    notFetched: 'I couldn’t download that file from Discord. Upload it again and try once more.',
    warnings: 'Check these: they are in place of pages that the guides don’t have, so members don’t see them:',
    tooLargeCompressed:
      'That file is too large even when compressed: Discord accepts 10 MiB at most. Split it into several files and import each by itself.',
    tooLarge: 'That file is larger than 16 MiB. Split it into several files and import each by itself.',
    elsewhere: 'I only read files from Discord. Attach the file to the command.',
  },
  menu: {
    choose: 'Which topic answers this message? The reply appears under it, and its author is notified.',
    placeholder: 'Choose a topic',
    search: 'Search',
    searchTitle: 'Search for a topic',
    searchLabel: 'What is it about?',
    none: (text: string) => `No topic fits “${text}”. Try other words.`,
    sent: (url: string) => `Sent: ${url}`,
    gone: 'That message no longer exists, so there is nothing to reply to.',
    system: 'Discord doesn’t allow replies to this message, because it’s a system message. Nothing was sent.',
    failed: 'Discord didn’t accept the reply. Nothing was sent. Try again in a minute.',
  },
} as const;
