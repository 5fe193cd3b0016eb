// Brazilian Portuguese: buttons, pages, answers and errors, as every member reads them.
import { plural } from '../plural.ts';

export const members = {
  button: {
    back: 'Voltar',
    startOver: 'Começar de novo',
    plan: 'Meus passos',
    sendPlan: 'Enviar na minha DM',
    helped: 'Sim, ajudou',
    notHelped: 'Não',
    openGuide: 'Abrir o guia',
    notThis: 'Não é isso',
    none: 'Nenhuma destas',
    sources: 'Fontes',
    askPerson: 'Perguntar a uma pessoa',
    answered: 'Respondida',
    goOn: 'Continuar',
    openPage: 'Ler a página inteira',
  },
  page: {
    alert: { NOTE: 'Nota', TIP: 'Dica', IMPORTANT: 'Importante', WARNING: 'Atenção', CAUTION: 'Cuidado' },
    steps: 'O que fazer',
    sources: 'Fontes',
    moreSources: (count: number) => `e mais ${count} em **Fontes**`,
    review: {
      opened: (date: string) => `aberta em ${date}`,
      compared: (date: string) => `cópia, ${date}`,
      partial: (date: string) => `parte de uma cópia, ${date}`,
    },
    didThisHelp: 'Isso ajudou?',
    moved: 'Essa página mudou de lugar. Esta é a mais próxima.',
    translation: {
      unreviewed:
        'Traduzido do inglês. Nenhum falante nativo conferiu ainda. Se houver diferença, vale a página em inglês.',
      older: 'A página em inglês mudou depois que esta tradução foi feita.',
      missing: 'Esta página ainda não foi traduzida, por isso está em inglês.',
    },
    next: 'Próxima página',
    previous: 'Página anterior',
  },
  sources: {
    intro: 'De onde vem o que esta página diz e como cada fonte foi conferida.',
    source: (number: number) => `Fonte ${number}`,
    title: (page: string) => `Fontes de “${page}”`,
    review: {
      opened: (date: string) => `Uma pessoa abriu esta página em ${date}.`,
      compared: (date: string) =>
        `Comparado em ${date} com uma cópia guardada desta página. A data da cópia não é conhecida, e a página pode ter mudado.`,
      partial: (date: string) =>
        `Comparado em ${date} com uma parte de uma cópia guardada desta página. A data da cópia não é conhecida, o resto não foi lido, e a página pode ter mudado.`,
      concluded: (date: string) => `Escrito em ${date}. Nenhuma página diz isso com estas palavras.`,
    },
  },
  feedback: {
    thanks: { name: 'Obrigado', value: 'Sua resposta foi contada. Nada sobre você fica guardado.' },
    sorry: {
      name: 'Que pena que isso não ajudou',
      value: (support: string) => `Aperte **Voltar** ou **Começar de novo** para escolher outra página.\n${support}`,
    },
  },
  plan: {
    title: 'Meus passos',
    intro: 'Os passos das páginas que trouxeram você até aqui, em ordem.',
    copy: 'Copie a lista, ou deixe que eu envie para você.',
    none: 'As páginas que trouxeram você até aqui ainda não têm passos.',
    more: (count: number) => `… e mais ${count} nas próprias páginas.`,
    sent: 'Enviado. Olhe suas DMs.',
    closed:
      'O Discord não me deixa enviar uma DM para você. Permita mensagens diretas deste servidor (menu do servidor, Config. de privacidade) e aperte o botão de novo.',
    failed: 'O Discord não aceitou a mensagem. Aperte o botão de novo daqui a um minuto.',
  },
  help: {
    commands: 'Comandos',
    command: (name: string, description: string) => `</${name}>: ${description}`,
    self: 'esta página',
    language: 'Ler em outro idioma',
    moderators: 'Para moderadores de um servidor',
    moderatorsText: [
      '</setup>: fóruns, ajudantes, o canal deles, o idioma',
      '</faq-pin add>, </faq-pin remove>, </faq-pin list>: assuntos fixados sempre atualizados',
      '</faq-edit add>, </faq-edit change>, </faq-edit remove>, </faq-edit history>, </faq-edit undo>: as respostas do próprio servidor',
      '</faq-edit export>, </faq-edit import>: todas elas em um arquivo',
      '</insights>: o que os membros leem e quais perguntas ficaram sem resposta',
      'Apps › **Answer with FAQ** em uma mensagem: responder com um assunto',
      'Apps › **Save as reply** em uma mensagem: o texto dela vira uma nova resposta',
      'Ajudantes (um cargo escolhido em </setup>) podem fazer tudo isso, menos </setup>, </faq-edit remove> e </faq-edit import>.',
    ].join('\n'),
    sources: 'Fontes',
    checked: (opened: number, all: number, date: string) => {
      if (opened === all) return `Uma pessoa abriu todas as páginas que eu cito (${all}).`;
      const copies = `com cópias guardadas, algumas só em parte, pela última vez em ${date}`;
      if (opened === 0)
        return `As páginas que eu cito foram comparadas ${copies}. Ninguém abriu ainda as que estão no ar.`;
      const others = plural('pt-BR', all - opened, {
        one: `A outra foi comparada com uma cópia guardada, ou só com parte dela, pela última vez em ${date}.`,
        other: `As outras foram comparadas ${copies}.`,
      });
      return `Uma pessoa abriu ${opened} das ${all} páginas que eu cito. ${others}`;
    },
    limits: 'O que eu não faço',
    stores: 'O que eu guardo',
    storesText:
      'Nada sobre quem você é, a menos que você seja moderador ou ajudante. Os próprios botões levam a informação de onde você está em um guia. Para cada servidor e dia, conto quantas vezes uma página é lida e se ela ajudou. Se não consigo responder a uma pergunta, guardo o texto dela por 30 dias, mas não quem perguntou; só moderadores e ajudantes daquele servidor veem esse texto. Guardo o ID de um post de fórum por 30 dias, e onde uma pergunta a uma pessoa foi publicada, só até ela ser respondida; não guardo o texto do post nem o dessa pergunta. Dos moderadores, guardo configurações e respostas, quem as mudou e quando, e quem as fixou.',
    lost: 'Não conheço mais este botão. Aqui estão os guias.',
  },
  faq: {
    addressed: (userId: string) => `Para <@${userId}>:`,
    noTopic: (text: string) => `Não existe o assunto “${text}”. Escolha um na lista que se abre enquanto você digita.`,
    own: 'Escrito pelos moderadores deste servidor.',
    override: 'Escrito pelos moderadores deste servidor, no lugar do texto do guia.',
  },
  ask: {
    guess: 'Acho que é isto que você quer saber. Se não for, aperte **Não é isso**.',
    guessReply: 'Acho que é esta resposta dos moderadores que você procura. Se não for, aperte **Não é isso**.',
    unsure: 'Qual destas é a sua dúvida?',
    unsureText: 'Não tenho certeza. Escolha a mais próxima, ou pergunte de novo com outras palavras.',
    unknown: 'Isso eu não sei',
    elsewhere: 'A resposta está em outro lugar',
    unknownText:
      'Pergunte de novo com outras palavras, ou comece por um destes guias. </help> mostra tudo o que eu sei fazer.',
    otherLanguage:
      'Não consegui ler sua pergunta. Pergunte com poucas palavras simples, por favor, ou comece por um destes guias.',
    onlyMine: 'Escreva sua pergunta depois do meu nome, ou use </ask>: só consigo ler mensagens que me mencionam.',
    onlyText:
      'Só consigo ler texto, não imagens, figurinhas nem mensagens de voz. Escreva sua pergunta em poucas palavras.',
    tooFast:
      'Um momento, por favor: você pergunta mais rápido do que eu consigo ler. Pergunte de novo daqui a meio minuto.',
    busy: 'Minha busca ainda está iniciando. Pergunte de novo daqui a alguns segundos, por favor.',
    courtesy: (scope: string) => `Fico feliz em ajudar. Escreva sua pergunta em uma frase. ${scope}`,
    asked: (question: string) => `**Pergunta:** ${question}`,
  },
  confirm: {
    remove: 'Remover',
    import: (count: number) => `Importar ${count} ${plural('pt-BR', count, { one: 'resposta', other: 'respostas' })}`,
    cancel: 'Cancelar',
    cancelled: 'Nada foi alterado.',
    editAgain: 'Editar de novo',
  },
  error: {
    serverOnly: 'Isto só funciona em um servidor, porque é para moderadores.',
    lacks: (permission: string) => `Para isso, você precisa da permissão ${permission}.`,
    lacksAll: (permissions: string) => `Para isso, você precisa de uma destas permissões: ${permissions}.`,
    store: {
      unavailable:
        'Não consigo acessar meu banco de dados agora. Os guias continuam funcionando. Tente de novo daqui a um minuto.',
      locked: 'Meu banco de dados está ocupado, por isso não deu certo. Tente de novo daqui a um minuto.',
      full: 'Meu disco está cheio, então isto não foi salvo. Tudo o que foi salvo antes está seguro. Avise as pessoas que cuidam deste bot, por favor.',
      'read-only':
        'Meu banco de dados não aceita mudanças agora, então isto não foi salvo. Avise as pessoas que cuidam deste bot, por favor.',
      corrupt:
        'Não consigo ler meu banco de dados, por isso não deu certo. Os guias continuam funcionando. Avise as pessoas que cuidam deste bot, por favor.',
      newer:
        'Meu banco de dados é de uma versão mais nova deste bot, por isso não deu certo. Os guias continuam funcionando. Avise as pessoas que cuidam deste bot, por favor.',
      duplicate:
        'Outra pessoa fez a mesma coisa neste exato momento, então isto não foi salvo duas vezes. Olhe de novo, por favor.',
    },
    noPage: (text: string) =>
      `Não existe a página “${text}” neste guia. Escolha uma na lista que se abre enquanto você digita.`,
    noCommand:
      'Este comando não existe mais. O Discord ainda pode mostrar o comando por alguns minutos. Use </help> no lugar dele.',
    notShown:
      'O Discord não aceitou minha resposta, por isso não consigo mostrá-la aqui. O que você pediu pode já estar feito: confira antes de tentar de novo.',
    restarting: 'Estou reiniciando e não consegui terminar isto. Tente de novo daqui a um minuto, por favor.',
    bug: (reference: string) =>
      `Algo deu errado do meu lado. Tente de novo, por favor. Se acontecer outra vez, avise as pessoas que cuidam deste bot: **${reference}**.`,
  },
};
