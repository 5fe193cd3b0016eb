// Spanish: buttons, pages, answers and errors, as every member reads them.
import { plural } from '../plural.ts';

export const members = {
  button: {
    back: 'Atrás',
    startOver: 'Empezar de nuevo',
    plan: 'Mi plan',
    sendPlan: 'Enviar por mensaje directo',
    helped: 'Sí, me sirvió',
    notHelped: 'No',
    openGuide: 'Abrir la guía',
    notThis: 'No es esto',
    none: 'Ninguna de estas',
    sources: 'Fuentes',
    askPerson: 'Preguntar a una persona',
    answered: 'Respondida',
    goOn: 'Continuar',
    openPage: 'Leer la página completa',
  },
  page: {
    alert: { NOTE: 'Nota', TIP: 'Consejo', IMPORTANT: 'Importante', WARNING: 'Advertencia', CAUTION: 'Cuidado' },
    steps: 'Qué hacer',
    sources: 'Fuentes',
    moreSources: (count: number) => `y ${count} más en **Fuentes**`,
    review: {
      opened: (date: string) => `abierta el ${date}`,
      compared: (date: string) => `copia, ${date}`,
      partial: (date: string) => `parte de una copia, ${date}`,
    },
    didThisHelp: '¿Te sirvió?',
    moved: 'Esa página cambió de lugar. Esta es la más cercana.',
    translation: {
      unreviewed:
        'Traducida del inglés. Todavía no la ha revisado ningún hablante nativo. Si hay diferencias, la que vale es la página en inglés.',
      older: 'La página en inglés cambió después de esta traducción.',
      missing: 'Esta página todavía no está traducida, por eso está en inglés.',
    },
    next: 'Página siguiente',
    previous: 'Página anterior',
  },
  sources: {
    intro: 'De dónde viene lo que dice esta página y cómo se revisó cada fuente.',
    source: (number: number) => `Fuente ${number}`,
    title: (page: string) => `Fuentes de “${page}”`,
    review: {
      opened: (date: string) => `Una persona abrió esta página el ${date}.`,
      compared: (date: string) =>
        `Comparado el ${date} con una copia guardada de esta página. No se sabe de qué fecha es la copia, y puede que la página haya cambiado.`,
      partial: (date: string) =>
        `Comparado el ${date} con una parte de una copia guardada de esta página. No se sabe de qué fecha es la copia, el resto no se leyó, y puede que la página haya cambiado.`,
      concluded: (date: string) => `Escrito el ${date}. Ninguna página lo dice con estas palabras.`,
    },
  },
  feedback: {
    thanks: { name: 'Gracias', value: 'Tu respuesta se sumó a las demás. No se guarda nada sobre ti.' },
    sorry: {
      name: 'Lamento que no te haya servido',
      value: (support: string) => `Presiona **Atrás** o **Empezar de nuevo** para elegir otra página.\n${support}`,
    },
  },
  plan: {
    title: 'Mi plan',
    intro: 'Pasos de las páginas que te trajeron hasta aquí, en orden.',
    copy: 'Copia la lista, o deja que te la envíe.',
    none: 'Las páginas que te trajeron hasta aquí todavía no tienen pasos.',
    more: (count: number) => `… y ${count} más en las propias páginas.`,
    sent: 'Enviado. Revisa tus mensajes directos.',
    closed:
      'Discord no me deja enviarte un mensaje directo. Permite los mensajes directos de este servidor (menú del servidor, Configuración de privacidad) y presiona otra vez el botón.',
    failed: 'Discord no aceptó el mensaje. Presiona otra vez el botón en un minuto.',
  },
  help: {
    commands: 'Comandos',
    command: (name: string, description: string) => `</${name}>: ${description}`,
    self: 'esta página',
    language: 'Leer esto en otro idioma',
    moderators: 'Para moderadores de un servidor',
    moderatorsText: [
      '</setup>: foros, ayudantes, su canal, el idioma',
      '</faq-pin add>, </faq-pin remove>, </faq-pin list>: temas fijados que se mantienen al día',
      '</faq-edit add>, </faq-edit change>, </faq-edit remove>, </faq-edit history>, </faq-edit undo>: las respuestas propias del servidor',
      '</faq-edit export>, </faq-edit import>: todas sus respuestas en un archivo',
      '</insights>: qué leen los miembros y qué preguntas quedaron sin respuesta',
      'Apps › **Answer with FAQ** en un mensaje: una respuesta con un tema',
      'Apps › **Save as reply** en un mensaje: su texto como respuesta nueva',
      'Los ayudantes (un rol que se elige en </setup>) pueden hacer todo esto, menos </setup>, </faq-edit remove> y </faq-edit import>.',
    ].join('\n'),
    sources: 'Fuentes',
    checked: (opened: number, all: number, date: string) => {
      if (opened === all) return `Una persona abrió cada una de las ${all} páginas que cito.`;
      const others = `se comparó con copias guardadas de las páginas, algunas solo en parte, la última vez el ${date}`;
      return opened === 0
        ? `Lo que cito ${others}. Nadie ha abierto todavía las páginas actuales.`
        : `Una persona abrió ${opened} de las ${all} páginas que cito. Lo demás ${others}.`;
    },
    limits: 'Lo que no hago',
    stores: 'Lo que guardo',
    storesText:
      'Nada sobre quién eres, a menos que seas moderador o ayudante. Los propios botones llevan anotado en qué parte de una guía estás. Por cada servidor y día cuento cuántas veces se lee una página y si sirvió. Si no puedo responder una pregunta, guardo su texto durante 30 días, pero no quién la hizo; solo lo ven los moderadores y ayudantes de ese servidor. Guardo durante 30 días el ID de una publicación en un foro y, hasta que se responda, dónde se publicó una pregunta a una persona, pero no el texto de ninguna de las dos. Para los moderadores guardo la configuración y las respuestas, quién las cambió y cuándo, y quién las fijó.',
    lost: 'Ya no conozco este botón. Aquí están las guías.',
  },
  faq: {
    addressed: (userId: string) => `Para <@${userId}>:`,
    noTopic: (text: string) => `No hay ningún tema “${text}”. Elige uno de la lista que se abre mientras escribes.`,
    own: 'Texto de los moderadores de este servidor.',
    override: 'Texto de los moderadores de este servidor, en lugar del texto de la guía.',
  },
  ask: {
    guess: 'Creo que te refieres a esto. Si no, presiona **No es esto**.',
    guessReply: 'Creo que te refieres a esta respuesta de los moderadores. Si no, presiona **No es esto**.',
    unsure: '¿A cuál de estas te refieres?',
    unsureText: 'No estoy seguro. Elige la más cercana, o pregunta otra vez con otras palabras.',
    unknown: 'Eso no lo sé',
    elsewhere: 'Se responde en otro lugar',
    unknownText:
      'Pregunta otra vez con otras palabras, o empieza con una de estas guías. </help> muestra todo lo que puedo hacer.',
    otherLanguage:
      'No pude leer tu pregunta. Por favor, hazla con unas pocas palabras sencillas, o empieza con una de estas guías.',
    onlyMine: 'Escribe tu pregunta después de mi nombre, o usa </ask>: solo puedo leer mensajes que me mencionan.',
    onlyText: 'Solo puedo leer texto, no imágenes, stickers ni mensajes de voz. Escribe tu pregunta en pocas palabras.',
    tooFast: 'Un momento, por favor: preguntas más rápido de lo que puedo leer. Pregunta otra vez en medio minuto.',
    busy: 'Mi buscador todavía se está iniciando. Por favor, pregunta otra vez en unos segundos.',
    courtesy: (scope: string) => `Con gusto te ayudo. Escribe tu pregunta en una sola oración. ${scope}`,
    asked: (question: string) => `**Pregunta:** ${question}`,
  },
  confirm: {
    remove: 'Quitar',
    import: (count: number) => `Importar ${count} ${plural('es', count, { one: 'respuesta', other: 'respuestas' })}`,
    cancel: 'Cancelar',
    cancelled: 'No se cambió nada.',
    editAgain: 'Editar otra vez',
  },
  error: {
    serverOnly: 'Esto solo funciona en un servidor, porque es para moderadores.',
    lacks: (permission: string) => `Para esto necesitas el permiso ${permission}.`,
    lacksAll: (permissions: string) => `Para esto necesitas uno de estos permisos: ${permissions}.`,
    store: {
      unavailable:
        'Ahora mismo no tengo acceso a mi base de datos. Las guías siguen funcionando. Inténtalo otra vez en un minuto.',
      locked: 'Mi base de datos está ocupada, por eso esto falló. Inténtalo otra vez en un minuto.',
      full: 'Mi disco está lleno, por eso esto no se guardó. Todo lo que se guardó antes está a salvo. Por favor, avisa a quienes manejan este bot.',
      'read-only':
        'Ahora mismo mi base de datos no acepta cambios, por eso esto no se guardó. Por favor, avisa a quienes manejan este bot.',
      corrupt:
        'No puedo leer mi base de datos, por eso esto falló. Las guías siguen funcionando. Por favor, avisa a quienes manejan este bot.',
      newer:
        'Mi base de datos es de una versión más nueva de este bot, por eso esto falló. Las guías siguen funcionando. Por favor, avisa a quienes manejan este bot.',
      duplicate:
        'Otra persona hizo lo mismo en este momento, por eso no se guardó dos veces. Por favor, míralo otra vez.',
    },
    noPage: (text: string) =>
      `No hay ninguna página “${text}” en esta guía. Elige una de la lista que se abre mientras escribes.`,
    noCommand: 'Este comando ya no existe. Puede que Discord lo siga mostrando unos minutos. En su lugar, usa </help>.',
    notShown:
      'Discord no aceptó mi respuesta, así que no puedo mostrarla aquí. Puede que lo que pediste ya esté hecho: compruébalo antes de intentarlo otra vez.',
    restarting: 'Me estoy reiniciando y no pude terminar esto. Por favor, inténtalo otra vez en un minuto.',
    bug: (reference: string) =>
      `Algo falló de mi lado. Por favor, inténtalo otra vez. Si vuelve a pasar, pásales esto a quienes manejan este bot: **${reference}**.`,
  },
};
