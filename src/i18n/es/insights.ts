// Spanish: /insights.

const CHART_END = 'Los números están en el texto.';
const chartStart = (days: string, total: string) =>
  `Gráfico de barras: páginas leídas ${days === '1' ? 'hoy' : `en cada uno de los ${days} días`}, ${total} en total`;

export const insights = {
  insights: {
    title: (days: string) => (days === '1' ? 'Estadísticas: hoy' : `Estadísticas: los últimos ${days} días`),
    empty: (days: string) =>
      `No hubo nada que contar en este servidor ${days === '1' ? 'hoy' : `en los últimos ${days} días`}. En cuanto los miembros usen las guías, verás aquí qué leen más, dónde se detienen, si les sirvió y qué preguntas quedaron sin respuesta.`,
    compared: (days: string) =>
      days === '1'
        ? 'Entre paréntesis: comparado con el día anterior.'
        : `Entre paréntesis: comparado con los ${days} días anteriores.`,
    pages: (count: string, trend: string) => `Páginas leídas en privado: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `Mostrado a todos: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `Recorridos: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `Avances de una página a otra: **${count}** (${trend})`,
    noPages: 'Páginas leídas en privado: ninguna, como antes',
    noneShown: 'Mostrado a todos: nada, como antes',
    noWalks: 'Recorridos: ninguno, como antes',
    noneFollowed: 'Avances de una página a otra: ninguno, como antes',
    nothingRead: (days: string) =>
      days === '1'
        ? 'No se leyó nada hoy ni el día anterior.'
        : `No se leyó nada en los últimos ${days} días ni en los ${days} días anteriores.`,
    more: (percent: string) => `+${percent} %`,
    less: (percent: string) => `−${percent} %`,
    same: 'igual',
    alike: 'casi igual',
    new: 'antes no hubo',
    read: 'Lo más leído',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'Dónde se detienen los recorridos',
    stopsHint: 'Páginas que no son un punto de llegada. Si muchos recorridos terminan en una, puede que le falte algo.',
    outcomes: 'Dónde terminan bien los recorridos',
    end: (title: string, ended: string, percent: string, seen: string) =>
      `**${title}**: aquí ${ended === '1' ? 'terminó' : 'terminaron'} ${ended} (${percent} % de todos los recorridos), leída ${seen} ${seen === '1' ? 'vez' : 'veces'}`,
    helped: '¿Sirvió?',
    judged: (yes: string, no: string, percent: string) => `Sí ${yes}, no ${no}: sirvió el ${percent} % de las veces.`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: no ${no}, sí ${yes}`,
    asked: 'Preguntas',
    answers: (answered: string, unsure: string, declined: string) =>
      `Respondidas ${answered}, con dudas ${unsure}, sin página ${declined}`,
    refused: (notThis: string, none: string) => `**No es esto** × ${notThis}, **Ninguna de estas** × ${none}`,
    notThis: (title: string, count: string) => `**${title}**: **No es esto** × ${count}`,
    waiting: 'Esperan a una persona',
    moreWaiting: (count: string) => `… y ${count} más.`,
    posts: 'Publicaciones en foros',
    postCounts: (read: string, answered: string, silent: string, refused: string) =>
      `Leídas ${read}, respondidas ${answered}, sin respuesta ${silent}. Respuestas quitadas con **No es esto**: ${refused}`,
    overtaken: (count: string) => `Otra persona, u otro bot, escribió primero: ${count}`,
    silentPost: (title: string, url: string) => `Sin respuesta: “${title}” ${url}`,
    gonePost: 'Ya no puedo leer esta publicación. Puedes escribir la respuesta con </faq-edit add>.',
    questions: 'Preguntas sin respuesta',
    question: (text: string, count: string) => `“${text}” × ${count}`,
    series: 'Páginas leídas, día por día (las barras)',
    seriesBefore: 'El período anterior (la línea)',
    week: (days: string, counts: string) => `${days}: ${counts}`,
    unread: (days: string) => `${days}: no se leyó nada`,
    chart: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}, y el período anterior como línea. La barra más alta es la del ${date}, con ${most}. ${CHART_END}`,
    chartOfBars: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}. La barra más alta es la del ${date}, con ${most}. En el período anterior no se leyó nada. ${CHART_END}`,
    chartOfLine: (days: string, total: string) =>
      `Gráfico de línea: no se leyó nada ${days === '1' ? 'hoy' : `en los últimos ${days} días`}. La línea es el período anterior; páginas leídas: ${total}. ${CHART_END}`,
    goneTopic: 'Un tema que ya no existe',
    write: (question: string) => `Escribir respuesta: ${question}`,
    gone: 'Esta pregunta ya no está guardada: las preguntas se borran después de 30 días. Puedes escribir la respuesta con </faq-edit add>.',
    footer:
      'Se cuenta por servidor y día (UTC), sin nada sobre los miembros. Las preguntas se guardan 30 días, pero no quién las hizo.',
  },
};
