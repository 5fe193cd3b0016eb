// Spanish: asking a person, answers in forums, /setup.

export const servers = {
  person: {
    title: 'Preguntar a una persona',
    question: 'Tu pregunta',
    questionHint: 'Los ayudantes la ven con tu nombre. La respuesta llega a este canal y todos pueden leerla.',
    about: (title: string) => `Sobre “${title}”:`,
    blank: 'Tu pregunta estaba vacía, así que no se envió nada.',
    off: (support: string) => `Este servidor ya no tiene un canal para preguntas a personas. ${support}`,
    open: (url: string) =>
      `Tu última pregunta sigue abierta: ${url}. Puedes hacer otra cuando tenga respuesta, o después de un día. Si puedes ver ese canal, tú también puedes presionar **Respondida** allí.`,
    sending: 'Tu pregunta va en camino. Una a la vez, por favor.',
    recent: 'Acabas de preguntar y de responderte tú. Puedes preguntar otra vez en diez minutos.',
    noSending: (channelId: string) =>
      `La respuesta llegaría a <#${channelId}>, y tú o yo no tenemos permiso para escribir allí. Pregunta en otro canal, por favor.`,
    closedAlready: 'Esta pregunta ya está cerrada, así que no se publicó nada. Escribiste:',
    full: (support: string) =>
      `Los ayudantes de este servidor recibieron diez preguntas en la última hora, y no les paso más. Inténtalo más tarde, o pregunta a los moderadores. ${support}`,
    post: (userId: string, channelId: string, question: string) =>
      `<@${userId}> pregunta en <#${channelId}>:\n> ${question}`,
    postHint:
      'Presiona **Respondida** para escribir un texto o un enlace. Lo publico allí y menciono a quien preguntó.',
    sent: (channelId: string) =>
      `Enviada a los ayudantes de este servidor. En cuanto uno responda, te menciono en <#${channelId}>.`,
    failed: (support: string) =>
      `No pude pasar tu pregunta, así que ningún ayudante la ha visto. Pregunta mejor a los moderadores de este servidor. ${support}`,
    notYours: 'Esto solo lo pueden hacer los moderadores, los ayudantes y quien preguntó.',
    answerTitle: 'Responder esta pregunta',
    answer: 'Un texto o un enlace',
    answerHint: 'Lo publico donde se hizo la pregunta y menciono a quien preguntó.',
    answerBlank: 'Tu respuesta estaba vacía, así que no se publicó nada.',
    reply: (userId: string, by: string, answer: string) => `<@${userId}>, una respuesta de <@${by}>:\n${answer}`,
    replySelf: (userId: string, answer: string) => `<@${userId}> encontró una respuesta:\n${answer}`,
    closed: (by: string) => `**Respondida** por <@${by}>.`,
    posted: (url: string) => `Publicado: ${url}`,
    notPosted: (channelId: string) =>
      `No pude publicar tu respuesta en <#${channelId}>: no tengo permiso para ver ese canal o escribir allí, o está cerrado. No se cambió nada. Puedes responder tú allí. Escribiste:`,
    waiting: (links: string) => `Sin respuesta desde hace más de un día:\n${links}`,
    waitingSince: (seconds: number, url: string) => `Se preguntó <t:${seconds}:R>: ${url}`,
  },
  forum: {
    hint: 'Soy un bot y respondo según el título de una publicación. Si preguntaste otra cosa, presiona **No es esto**.',
    notYours:
      'Solo quien preguntó, los moderadores y los ayudantes pueden quitar esta respuesta. Para una pregunta tuya, usa </ask>.',
    removed: 'Quité mi respuesta. La gente de este foro todavía puede responder.',
    notRemoved:
      'Discord no me dejó quitar mi respuesta. Por favor, inténtalo otra vez en un minuto, o pídeselo a un moderador.',
    stopped: (forumId: string) =>
      `En <#${forumId}> se quitaron tres de mis respuestas en un día, así que por ahora no respondo nada allí. Alguien con **Manage Server** (administrar el servidor) puede presionar **Continuar** en </setup>.`,
  },
  setup: {
    title: 'Configuración de este servidor',
    forums: 'Respuestas en foros',
    noForums: 'Desactivado. Elige los foros en los que respondo a las publicaciones nuevas.',
    forumsHint:
      'Espero unos segundos después de una publicación nueva. Luego respondo una vez, si el título es claro y nadie más ha escrito.',
    forumsAreNew:
      'Las respuestas en foros son nuevas. Se probaron en un Discord simulado, pero todavía no en el propio Discord.',
    noGateway:
      'No disponible: este bot funciona por HTTP, y las respuestas en foros necesitan el gateway. Pregunta a quienes manejan este bot.',
    roles: 'Ayudantes',
    noRoles:
      'Ninguno. Elige los roles de las personas que pueden escribir respuestas, fijar temas y ver las estadísticas.',
    rolesHint:
      'Pueden escribir respuestas, fijar temas y ver las estadísticas. Discord les oculta esos comandos hasta que permitas su rol en **Configuración del servidor › Integraciones**.',
    person: 'Preguntar a una persona',
    noPerson:
      'Desactivado. Elige un canal que lean tus ayudantes. Los miembros tendrán entonces un botón que pasa su pregunta a ese canal.',
    personHint:
      'Los miembros ven el botón **Preguntar a una persona** cuando no estoy seguro, en páginas urgentes y debajo de mis respuestas en foros. Sus preguntas aparecen en ese canal.',
    language: 'Idioma de las respuestas públicas',
    lacks: (channels: string, permissions: string, consequence: string) =>
      `Me falta permiso en ${channels}: ${permissions}. ${consequence}`,
    noPosts: 'Mientras siga así, no respondo nada allí.',
    noQuestions: 'Mientras siga así, no puedo pasar preguntas.',
    goneChannels: (channels: string) => `Borrado en Discord: ${channels}. Elige otra vez.`,
    goneRoles: (roles: string) => `Borrado en Discord: ${roles}. Elige otra vez.`,
    publicChannel: (channel: string) =>
      `Todos los miembros pueden ver ${channel}, así que también leen las preguntas que otros hacen en privado. Elige un canal que sea solo para tus ayudantes.`,
    silentRole: (roleId: string) =>
      `No puedo notificar a <@&${roleId}> cuando hay una pregunta. Activa **Allow anyone to @mention this role** (que cualquiera pueda mencionar el rol) en la configuración de ese rol.`,
    stopped: (channels: string) =>
      `Por ahora no respondo nada en ${channels}: se quitaron tres de mis respuestas en un día. Presiona **Continuar** para dejarme responder allí otra vez.`,
    refused: (roles: string) =>
      `No se guardó: ${roles}. Ni @everyone ni un rol que sea de un bot o de Discord pueden ser para ayudantes.`,
    changed: (userId: string, seconds: number) => `Último cambio: <@${userId}>, <t:${seconds}:R>.`,
    chooseForums: 'Foros en los que respondo',
    chooseRoles: 'Roles de los ayudantes',
    choosePerson: 'Canal para preguntas a una persona',
    chooseLanguage: 'Idioma de las respuestas públicas',
    pinGuides: 'Fijar las guías aquí',
    tryIt: 'Probar',
    guides: 'Las guías',
    pinned: (url: string) => `Fijado, y se mantiene al día: ${url}`,
    sample: (question: string) => `Esto ven los miembros si alguien pregunta “${question}”:`,
    noSample:
      'Mi buscador todavía se está iniciando, así que aún no hay nada que mostrar. Inténtalo otra vez en unos segundos.',
    sampleOnly: 'Esto es solo una muestra, y nadie más la ve.',
    notSetUp:
      'Este servidor aún no está configurado: con </setup> puedes elegir foros, ayudantes y más. Lo digo una sola vez, y solo a ti.',
  },
};
