// Ukrainian: /insights.
import { plural } from '../plural.ts';

/** The number of days has at most two digits. */
const lastDays = (days: string) => {
  const last = plural('uk', Number(days), { one: 'останній', other: 'останні' });
  return `${last} ${days} ${plural('uk', Number(days), { one: 'день', few: 'дні', other: 'днів' })}`;
};
const daysBefore = (days: string) =>
  plural('uk', Number(days), { one: `попереднього ${days} дня`, other: `попередніх ${days} днів` });

const CHART_END = 'Числа є в тексті.';
const chartStart = (days: string, total: string) =>
  `Стовпчикова діаграма: сторінки, прочитані ${days === '1' ? 'сьогодні' : `день за днем за ${lastDays(days)}`}, усього ${total}`;

export const insights = {
  insights: {
    title: (days: string) => (days === '1' ? 'Статистика: сьогодні' : `Статистика: ${lastDays(days)}`),
    empty: (days: string) =>
      `${days === '1' ? 'Сьогодні' : `За ${lastDays(days)}`} на цьому сервері не було чого рахувати. Щойно учасники почнуть користуватися посібниками, ви побачите тут, що вони читають найбільше, де зупиняються, чи це допомогло і які запитання лишилися без відповіді.`,
    compared: (days: string) =>
      days === '1' ? 'У дужках: зміна проти попереднього дня.' : `У дужках: зміна проти ${daysBefore(days)}.`,
    pages: (count: string, trend: string) => `Сторінки, прочитані приватно: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `Показано всім: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `Проходження: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `Переходи за посиланнями: **${count}** (${trend})`,
    noPages: 'Сторінки, прочитані приватно: жодної, як і раніше',
    noneShown: 'Показано всім: нічого, як і раніше',
    noWalks: 'Проходження: жодного, як і раніше',
    noneFollowed: 'Переходи за посиланнями: жодного, як і раніше',
    nothingRead: (days: string) =>
      days === '1'
        ? 'Ні сьогодні, ні попереднього дня нічого не прочитано.'
        : `За ${lastDays(days)} нічого не прочитано, як і протягом ${daysBefore(days)}.`,
    more: (percent: string) => `+${percent}%`,
    less: (percent: string) => `−${percent}%`,
    same: 'стільки само',
    alike: 'майже стільки само',
    new: 'раніше не було',
    read: 'Читають найбільше',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'Де проходження зупиняються',
    stopsHint:
      'Це не кінцеві сторінки. Якщо на якійсь із них закінчується багато проходжень, їй, можливо, чогось бракує.',
    outcomes: 'Де проходження вдало закінчуються',
    end: (title: string, ended: string, percent: string, seen: string) =>
      `**${title}**: закінчилося тут ${ended} (${percent}% усіх проходжень), прочитано ${seen}`,
    helped: 'Це допомогло?',
    judged: (yes: string, no: string, percent: string) => `Так — ${yes}, ні — ${no}. Допомогло у ${percent}% випадків.`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: ні — ${no}, так — ${yes}`,
    asked: 'Запитання',
    answers: (answered: string, unsure: string, declined: string) =>
      `З відповіддю: ${answered}, непевно: ${unsure}, без сторінки: ${declined}`,
    refused: (notThis: string, none: string) => `**Не те** × ${notThis}, **Нічого з цього** × ${none}`,
    notThis: (title: string, count: string) => `**${title}**: **Не те** × ${count}`,
    waiting: 'Чекають на людину',
    moreWaiting: (count: string) => `… і ще ${count}.`,
    posts: 'Дописи на форумах',
    postCounts: (read: string, answered: string, silent: string, refused: string) =>
      `Прочитано: ${read}, з відповіддю: ${answered}, без відповіді: ${silent}. Відповіді, прибрані кнопкою **Не те**: ${refused}`,
    overtaken: (count: string) => `Раніше написав хтось із людей або інший бот: ${count}`,
    silentPost: (title: string, url: string) => `Без відповіді: «${title}» ${url}`,
    gonePost: 'Я більше не можу прочитати цей допис. Відповідь можна написати через </faq-edit add>.',
    questions: 'Запитання без відповіді',
    question: (text: string, count: string) => `«${text}» × ${count}`,
    series: 'Прочитано день за днем (стовпчики)',
    seriesBefore: 'Попередній період (лінія)',
    week: (days: string, counts: string) => `${days}: ${counts}`,
    unread: (days: string) => `${days}: нічого не прочитано`,
    chart: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}; попередній період показано лінією. Найвищий стовпчик: ${date}, прочитано ${most}. ${CHART_END}`,
    chartOfBars: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}. Найвищий стовпчик: ${date}, прочитано ${most}. За попередній період нічого не прочитано. ${CHART_END}`,
    chartOfLine: (days: string, total: string) =>
      `Лінійна діаграма: ${days === '1' ? 'сьогодні' : `за ${lastDays(days)}`} нічого не прочитано. Лінія показує попередній період, прочитано сторінок: ${total}. ${CHART_END}`,
    goneTopic: 'Тема, якої вже немає',
    write: (question: string) => `Написати відповідь: ${question}`,
    gone: 'Це запитання вже не зберігається: запитання видаляються через 30 днів. Відповідь можна написати через </faq-edit add>.',
    footer:
      'Підраховано за серверами й днями (UTC), без жодних даних про учасників. Запитання зберігаються 30 днів, а хто їх поставив — ні.',
  },
};
