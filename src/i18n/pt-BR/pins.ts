// Brazilian Portuguese: /faq-pin.

export const pins = {
  pin: {
    pinned: (channelId: string, url: string) =>
      `Fixado em <#${channelId}>: ${url}\nA mensagem é atualizada sempre que o guia ou o seu próprio texto muda.`,
    already: (channelId: string, url: string) => `Este assunto já está fixado em <#${channelId}>: ${url}`,
    youLack: (permissions: string, channelId: string) => `Você precisa de ${permissions} em <#${channelId}>.`,
    botLacks: (permissions: string, channelId: string) =>
      `Eu preciso de ${permissions} em <#${channelId}>. Peça a um administrador deste servidor para permitir isso e tente de novo.`,
    full: (channelId: string) =>
      `Nada foi publicado: <#${channelId}> está cheio, porque o Discord permite 250 mensagens fixadas por canal. Desafixe alguma coisa lá antes.`,
    archived: (channelId: string) =>
      `Nada foi publicado: <#${channelId}> está arquivado ou trancado. Reabra e tente de novo.`,
    notThere: (channelId: string) => `Nada foi publicado: não consigo ver <#${channelId}>, ou ele não existe mais.`,
    failed: 'Nada foi fixado, porque o Discord falhou. Tente de novo daqui a um minuto.',
    leftBehind: (url: string) =>
      `Nada foi fixado, mas minha mensagem continua lá, porque o Discord não me deixou apagá-la: ${url}\nApague você a mensagem e tente de novo.`,
    kept: {
      permission: (channelId: string) =>
        `Nada foi removido: o Discord não me deixa apagar minha mensagem em <#${channelId}>. Confira se eu tenho as permissões **Ver canal** e **Ver histórico de mensagens** lá e tente de novo, ou apague você a mensagem.`,
      access: (channelId: string) =>
        `Nada foi removido: não consigo ver <#${channelId}>. Me dê a permissão **Ver canal** lá e tente de novo.`,
      archived: (channelId: string) =>
        `Nada foi removido: <#${channelId}> está arquivado ou trancado. Reabra e tente de novo.`,
      failed: 'Nada foi removido, porque o Discord falhou. Tente de novo daqui a um minuto.',
    },
    blocked: 'Nada foi publicado: uma regra deste servidor (AutoMod) ou o próprio Discord bloqueia este texto.',
    notPinned: (channelId: string) =>
      `Isso não está fixado em <#${channelId}>, por isso não há nada para remover. </faq-pin list> mostra o que está.`,
    removed: (title: string, channelId: string) => `Removido de <#${channelId}>: **${title}**.`,
    removedGone: (title: string, channelId: string) =>
      `**${title}** já não estava em <#${channelId}>. Agora também saiu da lista.`,
    list: 'Fixados aqui',
    none: 'Este bot ainda não fixou nada. </faq-pin add> fixa um assunto.',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}** em <#${channelId}> · ${state} · ${url}`,
    state: {
      alive: 'atualizado',
      due: 'sendo atualizado',
      archived: 'desatualizado: o tópico está arquivado ou trancado. Reabra o tópico e use </faq-pin list> de novo',
      blocked: 'desatualizado: uma regra deste servidor (AutoMod) ou o próprio Discord bloqueia o novo texto',
      forbidden: 'desatualizado: o Discord não me deixa editar. Confira minhas permissões nesse canal',
      failing: 'desatualizado: a última edição falhou. Vou tentar de novo',
      unpinned: 'não está mais fixado: alguém desafixou. A mensagem continua lá e se mantém atualizada',
      message: 'não existe mais: a mensagem foi apagada',
      channel: 'não existe mais: o canal foi apagado',
      access: 'sem acesso: não consigo mais ver esse canal',
      permission: 'não conferido: preciso da permissão **Ver histórico de mensagens** lá',
      topic: 'o assunto não existe mais. A mensagem fica como estava',
      unknown: 'não conferido: o Discord não respondeu',
    },
    unknownTopic: 'Um assunto que não existe mais',
    reason: (user: string, command: string) => `${command} por ${user}`,
  },
};
