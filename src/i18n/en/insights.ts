// English: /insights.

const CHART_END = 'The numbers are in the text.';
const chartStart = (days: string, total: string) =>
  `Bar chart: pages read ${days === '1' ? 'today' : `on each of ${days} days`}, ${total} in total`;

export const insights = {
  insights: {
    title: (days: string) => (days === '1' ? 'Insights: today' : `Insights: the last ${days} days`),
    empty: (days: string) =>
      `Nothing was counted in this server ${days === '1' ? 'today' : `in the last ${days} days`}. As soon as members use the guides, you see here what they read most, where they stop, whether it helped, and which questions got no answer.`,
    compared: (days: string) =>
      days === '1'
        ? 'In brackets: compared with the day before.'
        : `In brackets: compared with the ${days} days before.`,
    pages: (count: string, trend: string) => `Pages read in private: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `Shown to everyone: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `Walks: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `Links followed: **${count}** (${trend})`,
    noPages: 'Pages read in private: none, as before',
    noneShown: 'Shown to everyone: nothing, as before',
    noWalks: 'Walks: none, as before',
    noneFollowed: 'Links followed: none, as before',
    nothingRead: (days: string) =>
      days === '1'
        ? 'Nothing was read today or the day before.'
        : `Nothing was read in the last ${days} days or in the ${days} days before.`,
    more: (percent: string) => `+${percent} %`,
    less: (percent: string) => `−${percent} %`,
    same: 'the same',
    alike: 'nearly the same',
    new: 'none before',
    read: 'Most read',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'Where walks stop',
    stopsHint: 'Pages that are not an outcome. If many walks end on one, it may lack something.',
    outcomes: 'Where walks end well',
    end: (title: string, ended: string, percent: string, seen: string) =>
      `**${title}**: ended here ${ended} (${percent} % of all walks), read ${seen}`,
    helped: 'Did it help?',
    judged: (yes: string, no: string, percent: string) => `Yes ${yes}, no ${no}: it helped ${percent} %.`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: no ${no}, yes ${yes}`,
    asked: 'Questions',
    answers: (answered: string, unsure: string, declined: string) =>
      `Answered ${answered}, unsure ${unsure}, without a page ${declined}`,
    refused: (notThis: string, none: string) => `**Not this** × ${notThis}, **None of these** × ${none}`,
    notThis: (title: string, count: string) => `**${title}**: **Not this** × ${count}`,
    waiting: 'Waiting for a person',
    moreWaiting: (count: string) => `… and ${count} more.`,
    posts: 'Posts in forums',
    postCounts: (read: string, answered: string, silent: string, refused: string) =>
      `Read ${read}, answered ${answered}, without an answer ${silent}. Answers removed with **Not this**: ${refused}`,
    overtaken: (count: string) => `Somebody, or another bot, wrote first: ${count}`,
    silentPost: (title: string, url: string) => `Without an answer: “${title}” ${url}`,
    gonePost: 'I can’t read this post any more. You can write the reply with </faq-edit add>.',
    questions: 'Questions without an answer',
    question: (text: string, count: string) => `“${text}” × ${count}`,
    series: 'Read, day by day (the bars)',
    seriesBefore: 'The period before (the line)',
    week: (days: string, counts: string) => `${days}: ${counts}`,
    unread: (days: string) => `${days}: nothing read`,
    chart: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}, and the period before as a line. The highest bar is ${date} with ${most}. ${CHART_END}`,
    chartOfBars: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}. The highest bar is ${date} with ${most}. Nothing was read in the period before. ${CHART_END}`,
    chartOfLine: (days: string, total: string) =>
      `Line chart: nothing was read ${days === '1' ? 'today' : `in the last ${days} days`}. The line is the period before, with ${total} pages read. ${CHART_END}`,
    goneTopic: 'A topic that is gone',
    write: (question: string) => `Write a reply: ${question}`,
    gone: 'This question is no longer stored: questions are deleted after 30 days. You can write the reply with </faq-edit add>.',
    footer:
      'Counted per server and day (UTC), without anything about members. Questions are stored for 30 days, but not who asked.',
  },
} as const;
