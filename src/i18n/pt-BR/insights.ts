// Brazilian Portuguese: /insights.

const CHART_END = 'Os números estão no texto.';
const chartStart = (days: string, total: string) =>
  `Gráfico de barras: páginas lidas ${days === '1' ? 'hoje' : `por dia em ${days} dias`}, ${total} no total`;

export const insights = {
  insights: {
    title: (days: string) => (days === '1' ? 'Estatísticas: hoje' : `Estatísticas: os últimos ${days} dias`),
    empty: (days: string) =>
      `Nada foi contado neste servidor ${days === '1' ? 'hoje' : `nos últimos ${days} dias`}. Assim que os membros usarem os guias, você vai ver aqui o que eles mais leem, onde param, se ajudou e quais perguntas ficaram sem resposta.`,
    compared: (days: string) =>
      days === '1'
        ? 'Entre parênteses: comparação com o dia anterior.'
        : `Entre parênteses: comparação com os ${days} dias anteriores.`,
    pages: (count: string, trend: string) => `Páginas lidas em particular: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `Mostrado a todos: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `Percursos: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `Links seguidos: **${count}** (${trend})`,
    noPages: 'Páginas lidas em particular: nenhuma, como antes',
    noneShown: 'Mostrado a todos: nada, como antes',
    noWalks: 'Percursos: nenhum, como antes',
    noneFollowed: 'Links seguidos: nenhum, como antes',
    nothingRead: (days: string) =>
      days === '1'
        ? 'Nada foi lido hoje nem no dia anterior.'
        : `Nada foi lido nos últimos ${days} dias nem nos ${days} dias anteriores.`,
    more: (percent: string) => `+${percent}%`,
    less: (percent: string) => `−${percent}%`,
    same: 'igual',
    alike: 'quase igual',
    new: 'nada antes',
    read: 'Mais lidas',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'Onde os percursos param',
    stopsHint:
      'Páginas que não são um ponto de chegada. Se muitos percursos terminam em uma delas, pode faltar algo nela.',
    outcomes: 'Onde os percursos terminam bem',
    end: (title: string, ended: string, percent: string, seen: string) =>
      `**${title}**: ${ended} ${ended === '1' ? 'terminou' : 'terminaram'} aqui (${percent}% de todos os percursos), página lida ${seen} ${seen === '1' ? 'vez' : 'vezes'}`,
    helped: 'Ajudou?',
    judged: (yes: string, no: string, percent: string) => `Sim: ${yes}, não: ${no}. Ajudou em ${percent}% das vezes.`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: não ${no}, sim ${yes}`,
    asked: 'Perguntas',
    answers: (answered: string, unsure: string, declined: string) =>
      `Respondidas: ${answered}, com dúvida: ${unsure}, sem página: ${declined}`,
    refused: (notThis: string, none: string) => `**Não é isso** × ${notThis}, **Nenhuma destas** × ${none}`,
    notThis: (title: string, count: string) => `**${title}**: **Não é isso** × ${count}`,
    waiting: 'À espera de uma pessoa',
    moreWaiting: (count: string) => `… e mais ${count}.`,
    posts: 'Posts em fóruns',
    postCounts: (read: string, answered: string, silent: string, refused: string) =>
      `Lidos: ${read}, respondidos: ${answered}, sem resposta: ${silent}. Respostas removidas com **Não é isso**: ${refused}`,
    overtaken: (count: string) => `Alguém, ou outro bot, escreveu antes: ${count}`,
    silentPost: (title: string, url: string) => `Sem resposta: “${title}” ${url}`,
    gonePost: 'Não consigo mais ler este post. Você pode escrever a resposta com </faq-edit add>.',
    questions: 'Perguntas sem resposta',
    question: (text: string, count: string) => `“${text}” × ${count}`,
    series: 'Páginas lidas, dia a dia (as barras)',
    seriesBefore: 'O período anterior (a linha)',
    week: (days: string, counts: string) => `${days}: ${counts}`,
    unread: (days: string) => `${days}: nada lido`,
    chart: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}, e o período anterior como linha. A barra mais alta é a de ${date}, com ${most}. ${CHART_END}`,
    chartOfBars: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}. A barra mais alta é a de ${date}, com ${most}. Nada foi lido no período anterior. ${CHART_END}`,
    chartOfLine: (days: string, total: string) =>
      `Gráfico de linha: nada foi lido ${days === '1' ? 'hoje' : `nos últimos ${days} dias`}. A linha é o período anterior; páginas lidas nele: ${total}. ${CHART_END}`,
    goneTopic: 'Um assunto que não existe mais',
    write: (question: string) => `Escrever resposta: ${question}`,
    gone: 'Esta pergunta não está mais guardada: as perguntas são apagadas depois de 30 dias. Você pode escrever a resposta com </faq-edit add>.',
    footer:
      'Contado por servidor e dia (UTC), sem nada sobre os membros. As perguntas ficam guardadas por 30 dias, mas não quem perguntou.',
  },
};
