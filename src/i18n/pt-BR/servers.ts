// Brazilian Portuguese: asking a person, answers in forums, /setup.

export const servers = {
  person: {
    title: 'Perguntar a uma pessoa',
    question: 'Sua pergunta',
    questionHint: 'Os ajudantes veem a pergunta com seu nome. A resposta vem neste canal, para todos lerem.',
    about: (title: string) => `Sobre “${title}”:`,
    blank: 'Sua pergunta estava vazia, por isso nada foi enviado.',
    off: (support: string) => `Este servidor não tem mais um canal para perguntas a pessoas. ${support}`,
    open: (url: string) =>
      `Sua última pergunta ainda está aberta: ${url}. Você pode fazer outra quando ela for respondida, ou depois de um dia. Se você consegue ver esse canal, você mesmo pode apertar **Respondida** lá.`,
    sending: 'Sua pergunta está a caminho. Uma de cada vez, por favor.',
    recent: 'Você acabou de perguntar e de responder à própria pergunta. Pode perguntar de novo daqui a dez minutos.',
    noSending: (channelId: string) =>
      `A resposta viria em <#${channelId}>, e um de nós, você ou eu, não pode escrever lá. Pergunte em outro canal, por favor.`,
    closedAlready: 'Esta pergunta já foi encerrada, por isso nada foi publicado. Você digitou:',
    full: (support: string) =>
      `Os ajudantes deste servidor receberam dez perguntas na última hora, e não passo mais nenhuma adiante. Tente de novo mais tarde, ou pergunte aos moderadores. ${support}`,
    post: (userId: string, channelId: string, question: string) =>
      `<@${userId}> pergunta em <#${channelId}>:\n> ${question}`,
    postHint: 'Aperte **Respondida** para escrever um texto ou um link. Eu publico lá e menciono quem perguntou.',
    sent: (channelId: string) =>
      `Enviada aos ajudantes deste servidor. Assim que um deles responder, menciono você em <#${channelId}>.`,
    failed: (support: string) =>
      `Não consegui passar sua pergunta adiante, por isso nenhum ajudante a viu. Pergunte então aos moderadores deste servidor. ${support}`,
    notYours: 'Só moderadores, ajudantes e quem perguntou podem fazer isso.',
    answerTitle: 'Responder a esta pergunta',
    answer: 'Um texto ou um link',
    answerHint: 'Eu publico onde a pergunta foi feita e menciono quem perguntou.',
    answerBlank: 'Sua resposta estava vazia, por isso nada foi publicado.',
    reply: (userId: string, by: string, answer: string) => `<@${userId}>, uma resposta de <@${by}>:\n${answer}`,
    replySelf: (userId: string, answer: string) => `<@${userId}> encontrou uma resposta:\n${answer}`,
    closed: (by: string) => `**Respondida** por <@${by}>.`,
    posted: (url: string) => `Publicada: ${url}`,
    notPosted: (channelId: string) =>
      `Não consegui publicar sua resposta em <#${channelId}>: talvez eu não possa ver esse canal ou escrever lá, ou ele esteja fechado. Nada foi alterado. Você pode responder lá diretamente. Você digitou:`,
    waiting: (links: string) => `À espera de resposta há mais de um dia:\n${links}`,
    waitingSince: (seconds: number, url: string) => `Pergunta feita <t:${seconds}:R>: ${url}`,
  },
  forum: {
    hint: 'Sou um bot e respondo pelo título do post. Se você perguntou outra coisa, aperte **Não é isso**.',
    notYours:
      'Só quem perguntou, moderadores e ajudantes podem remover esta resposta. Para uma pergunta sua, use </ask>.',
    removed: 'Removi minha resposta. As pessoas deste fórum ainda podem responder.',
    notRemoved:
      'O Discord não me deixou remover minha resposta. Tente de novo daqui a um minuto, por favor, ou peça a um moderador.',
    stopped: (forumId: string) =>
      `Três das minhas respostas em <#${forumId}> foram removidas em menos de um dia, por isso não respondo nada lá por enquanto. Alguém com **Gerenciar servidor** pode apertar **Continuar** em </setup>.`,
  },
  setup: {
    title: 'Configuração deste servidor',
    forums: 'Respostas em fóruns',
    noForums: 'Desligado. Escolha os fóruns em que eu respondo a novos posts.',
    forumsHint:
      'Espero alguns segundos depois de um novo post. Só então respondo, uma vez, se o título for claro e ninguém mais tiver escrito.',
    forumsAreNew:
      'As respostas em fóruns são novas. Foram testadas em um Discord simulado, mas ainda não no próprio Discord.',
    noGateway:
      'Indisponível: este bot funciona por HTTP, e as respostas em fóruns precisam do gateway. Fale com as pessoas que cuidam deste bot.',
    roles: 'Ajudantes',
    noRoles: 'Nenhum. Escolha os cargos de quem pode escrever respostas, fixar assuntos e ver as estatísticas.',
    rolesHint:
      'Podem escrever respostas, fixar assuntos e ver as estatísticas. O Discord esconde deles esses comandos até você permitir o cargo deles em **Config. do servidor › Integrações**.',
    person: 'Perguntar a uma pessoa',
    noPerson:
      'Desligado. Escolha um canal que seus ajudantes leem. Os membros ganham então um botão que passa a pergunta deles para esse canal.',
    personHint:
      'Os membros veem um botão **Perguntar a uma pessoa** onde não tenho certeza, em páginas urgentes e abaixo das minhas respostas em fóruns. As perguntas deles aparecem nesse canal.',
    language: 'Idioma das respostas públicas',
    lacks: (channels: string, permissions: string, consequence: string) =>
      `Não tenho ${permissions} em ${channels}. ${consequence}`,
    noPosts: 'Enquanto isso não mudar, não respondo nada lá.',
    noQuestions: 'Enquanto isso não mudar, não consigo passar perguntas adiante.',
    goneChannels: (channels: string) => `Apagado no Discord: ${channels}. Escolha de novo.`,
    goneRoles: (roles: string) => `Apagado no Discord: ${roles}. Escolha de novo.`,
    publicChannel: (channel: string) =>
      `Todos os membros podem ver ${channel}, então também leem as perguntas que outros fazem em particular. Escolha um canal só para seus ajudantes.`,
    silentRole: (roleId: string) =>
      `Não consigo notificar <@&${roleId}> sobre uma pergunta. Ative **Permitir que qualquer um @mencione este cargo** nas configurações desse cargo.`,
    stopped: (channels: string) =>
      `Por enquanto não respondo nada em ${channels}: três das minhas respostas foram removidas em menos de um dia. Aperte **Continuar** para me deixar responder lá de novo.`,
    refused: (roles: string) =>
      `Não foi salvo: ${roles}. Nem @everyone nem um cargo que pertence a um bot ou ao Discord pode ser de ajudantes.`,
    changed: (userId: string, seconds: number) => `Última alteração por <@${userId}> <t:${seconds}:R>.`,
    chooseForums: 'Fóruns em que eu respondo',
    chooseRoles: 'Cargos dos ajudantes',
    choosePerson: 'Canal para perguntas a uma pessoa',
    chooseLanguage: 'Idioma das respostas públicas',
    pinGuides: 'Fixar os guias aqui',
    tryIt: 'Testar',
    guides: 'Os guias',
    pinned: (url: string) => `Fixado e sempre atualizado: ${url}`,
    sample: (question: string) => `Isto é o que os membros veem se alguém perguntar “${question}”:`,
    noSample:
      'Minha busca ainda está iniciando, por isso não há nada para mostrar. Tente de novo daqui a alguns segundos.',
    sampleOnly: 'Isto é só um exemplo, e mais ninguém vê.',
    notSetUp:
      'Este servidor ainda não foi configurado: com </setup> você escolhe fóruns, ajudantes e mais. Digo isto só uma vez, e só para você.',
  },
};
