// Brazilian Portuguese: /faq-edit with its export and import, and the message command Answer with FAQ.
import { plural } from '../plural.ts';

export const replies = {
  edit: {
    addTitle: 'Uma nova resposta',
    changeTitle: 'Alterar esta resposta',
    overrideTitle: 'Seu texto no lugar desta página',
    title: 'Título',
    text: 'Texto',
    textHint: 'Markdown do Discord. Links começam com https://. Menções não notificam ninguém.',
    aliases: 'Outros nomes dela (opcional)',
    aliasesHint: 'Separe com vírgulas. Um nome que tem vírgula vai entre aspas: reembolso, "espera, como assim"',
    trial: {
      label: 'Testar uma pergunta antes (opcional)',
      hint: 'Mostro o que os membros veriam ao perguntar isso, antes de salvar qualquer coisa.',
      asked: (question: string) => `**Ainda não foi salvo.** Se alguém perguntar “${question}”:`,
      sure: (page: string) => `Eu mostro ${page}.`,
      others: (pages: string) => `Depois de **Não é isso**, ofereço ${pages}.`,
      unsure: (pages: string) => `Eu ofereço uma escolha: ${pages}.`,
      declined: 'Eu digo que isso eu não sei.',
      pointer: 'Eu digo em que outro lugar essas perguntas são respondidas.',
      courtesy: 'Eu vejo um cumprimento ou agradecimento, e nenhuma pergunta.',
      busy: 'Ainda não sei dizer: a busca está iniciando. Tente de novo daqui a um minuto.',
      thisReply: (title: string) => `**${title}** (esta resposta)`,
      missing:
        'A pergunta não encontra esta resposta. Acrescente a pergunta, ou as palavras principais dela, aos outros nomes e tente de novo.',
      names: 'Outros nomes',
      save: 'Salvar',
    },
    noNames:
      'Os membros perguntam com muitas palavras diferentes. Um ou dois outros nomes, escritos como eles perguntariam, me ajudam a encontrar esta resposta: </faq-edit change> acrescenta esses nomes.',
    saved: (title: string) => `Salvo: **${title}**. As cópias fixadas são atualizadas em segundos.`,
    removed: (title: string) => `Removido: **${title}**. </faq-edit undo> traz de volta.`,
    overrideRemoved: (title: string) =>
      `**${title}** mostra de novo o texto do próprio guia. </faq-edit undo> traz o seu de volta.`,
    removedMark: '(removida)',
    undone: (title: string) =>
      `Desfeito: **${title}** aparece de novo como abaixo. Use </faq-edit undo> mais uma vez para voltar atrás.`,
    undoneToNothing: (title: string) =>
      `Desfeito: **${title}** não aparece mais. Use </faq-edit undo> mais uma vez para trazer de volta.`,
    undoneToGuide: (title: string) =>
      `Desfeito: **${title}** mostra o texto do próprio guia. Use </faq-edit undo> mais uma vez para trazer o seu de volta.`,
    askRemove: (title: string) =>
      `Remover **${title}**? Os membros não vão mais encontrar essa resposta. As cópias fixadas ficam como estão até você removê-las.`,
    askRemoveOverride: (title: string) =>
      `Remover seu texto no lugar de **${title}**? A página volta a mostrar o texto do próprio guia.`,
    notOwn:
      'Esta é uma página dos guias sem um texto seu, por isso não há nada para remover ou desfazer. </faq-edit change> escreve um texto seu no lugar dela.',
    gone: 'Esta resposta não existe mais. Escolha uma na lista que se abre enquanto você digita.',
    full: (most: number) =>
      `Este servidor tem ${most} respostas, que é o limite. Remova algumas com </faq-edit remove> e tente de novo.`,
    noWords: 'Esta mensagem não tem palavras que eu consiga ler. Escolha uma com texto.',
    tooLongToSave: 'Esta mensagem é longa demais para uma resposta, que tem espaço para 4.000 caracteres.',
    tooLongForForm:
      'Este texto tem tantos emojis ou caracteres raros que não cabe no formulário do Discord. Baixe com </faq-edit export>, altere no arquivo e depois use </faq-edit import>.',
    changedMeanwhile:
      'Outra pessoa acabou de alterar esta resposta, por isso nada foi feito. Confira com </faq-edit history>.',
    history: (title: string) => `Histórico de “${title}”`,
    noHistory: 'Ninguém alterou esta página aqui ainda: ela mostra o texto do próprio guia.',
    action: {
      add: 'criada',
      change: 'alterada',
      remove: 'removida',
      undo: 'alteração desfeita',
      import: 'importada',
    },
    revision: (number: number, action: string, userId: string, seconds: number) =>
      `**${number}** ${action} por <@${userId}>, <t:${seconds}:f>`,
    conflict: (userId: string) =>
      `Não foi salvo: <@${userId}> alterou esta resposta enquanto você escrevia. Nada se perdeu: os dois textos estão abaixo e nos arquivos. Aperte **Editar de novo** para partir do texto que aparece agora.`,
    conflictGone: 'Esta resposta foi removida enquanto você escrevia.',
    now: 'O texto que aparece agora',
    yours: 'Seu texto',
    notSaved: (why: string) => `Não foi salvo. ${why}\nSeu texto está abaixo e no arquivo, então nada se perdeu.`,
    problem: {
      empty: (field: string) => `${field}: não pode ficar vazio.`,
      long: (field: string, limit: number) => `${field}: no máximo ${limit} caracteres.`,
      many: (field: string, limit: number) => `${field}: no máximo ${limit}.`,
      lines: (field: string) => `${field}: só uma linha.`,
      character: (field: string) => `${field}: contém um caractere que não pode ser salvo. Digite de novo, por favor.`,
      link: (field: string, value: string) => `${field}: o link \`${value}\` precisa começar com https://.`,
    },
  },
  exchange: {
    exported: (count: number) =>
      `${plural('pt-BR', count, { one: 'Aqui está a única resposta', other: `Aqui estão as ${count} respostas` })} deste servidor. Altere o arquivo como quiser e depois use </faq-edit import>.`,
    exportedCompressed: (count: number) =>
      `${plural('pt-BR', count, { one: 'Aqui está a única resposta', other: `Aqui estão as ${count} respostas` })} deste servidor, em formato compactado (gzip) para caber no limite de tamanho do Discord. </faq-edit import> lê o arquivo do jeito que está. Descompacte para alterar alguma coisa.`,
    exportedPart: (count: number, total: number) =>
      `${plural('pt-BR', count, { one: 'Aqui está', other: 'Aqui estão' })} ${count} das ${total} respostas deste servidor, em formato compactado (gzip) para caber no limite de tamanho do Discord. </faq-edit import> lê cada arquivo do jeito que está.`,
    nextPart: 'Próxima parte',
    nothing: 'Este servidor ainda não tem respostas próprias. </faq-edit add> escreve a primeira.',
    noRest: 'Não há mais respostas: as da próxima parte foram removidas. Você já tem todas as que restam.',
    plan: (added: number, changed: number, same: number) =>
      `Nada foi alterado ainda. Novas neste arquivo: ${added}. Alteradas: ${changed}. Sem alteração: ${same}. As respostas que não estão no arquivo ficam como estão.`,
    planChanged: (plan: string) =>
      `Nada foi importado: as respostas deste servidor mudaram depois que eu perguntei. Isto é o que o arquivo faria agora. ${plan}`,
    planBusy:
      'Outros moderadores estão salvando respostas agora, por isso nada foi importado. Tente de novo daqui a um minuto.',
    importing: (written: number, total: number) => `Importando: ${written} de ${total} …`,
    allSame: 'Este arquivo não tem nada de novo: todas as respostas dele já estão salvas.',
    added: 'Novas',
    changed: 'Alteradas',
    more: (count: number) => `… e mais ${count}`,
    imported: (count: number) => `Importadas: ${count}. As cópias fixadas são atualizadas em segundos.`,
    full: (added: number, most: number) =>
      `Nada foi importado: o arquivo acrescenta ${added} ${plural('pt-BR', added, { one: 'resposta', other: 'respostas' })}, e um servidor pode ter no máximo ${most}. Tire algumas do arquivo, ou remova respostas com </faq-edit remove>.`,
    findings: 'Nada foi importado, porque o arquivo tem erros. Corrija estes e tente de novo:',
    notFetched: 'Não consegui baixar esse arquivo do Discord. Envie o arquivo de novo e tente outra vez.',
    warnings: 'Confira estes textos: os membros não os veem, porque estão no lugar de páginas que os guias não têm:',
    tooLargeCompressed:
      'Esse arquivo é grande demais, mesmo compactado: o Discord aceita no máximo 10 MiB. Divida em vários arquivos e importe cada um separadamente.',
    tooLarge: 'Esse arquivo tem mais de 16 MiB. Divida em vários arquivos e importe cada um separadamente.',
    elsewhere: 'Só leio arquivos do Discord. Anexe o arquivo ao comando.',
  },
  menu: {
    choose:
      'Qual assunto responde a esta mensagem? A resposta aparece abaixo dela, e quem escreveu a mensagem é notificado.',
    placeholder: 'Escolha um assunto',
    search: 'Buscar',
    searchTitle: 'Buscar um assunto',
    searchLabel: 'É sobre o quê?',
    none: (text: string) => `Nenhum assunto combina com “${text}”. Tente outras palavras.`,
    sent: (url: string) => `Enviado: ${url}`,
    gone: 'Essa mensagem não existe mais, por isso não dá para responder a ela.',
    system: 'O Discord não permite responder a esta mensagem, porque é uma mensagem do sistema. Nada foi enviado.',
    failed: 'O Discord não aceitou a resposta. Nada foi enviado. Tente de novo daqui a um minuto.',
  },
};
