// Spanish: /faq-edit with its export and import, and the message command Answer with FAQ.
import { plural } from '../plural.ts';

export const replies = {
  edit: {
    addTitle: 'Una respuesta nueva',
    changeTitle: 'Cambiar esta respuesta',
    overrideTitle: 'Tu texto en lugar de esta página',
    title: 'Título',
    text: 'Texto',
    textHint: 'Markdown de Discord. Los enlaces empiezan con https://. Las menciones no notifican a nadie.',
    aliases: 'Otros nombres (opcional)',
    aliasesHint: 'Sepáralos con comas. Si uno lleva coma, ponlo entre comillas: reembolsos, "espera, qué"',
    trial: {
      label: 'Probar antes una pregunta (opcional)',
      hint: 'Antes de guardar nada, te muestro qué verían los miembros que la hagan.',
      asked: (question: string) => `**Todavía no está guardado.** Si alguien pregunta “${question}”:`,
      sure: (page: string) => `Muestro ${page}.`,
      others: (pages: string) => `Después de **No es esto** ofrezco ${pages}.`,
      unsure: (pages: string) => `No estoy seguro y ofrezco ${pages}.`,
      declined: 'Digo que eso no lo sé.',
      pointer: 'Digo en qué otro lugar se responden esas preguntas.',
      courtesy: 'Veo un saludo o un agradecimiento, y ninguna pregunta.',
      busy: 'Todavía no puedo decirlo: el buscador aún se está iniciando. Inténtalo otra vez en un minuto.',
      thisReply: (title: string) => `**${title}** (esta respuesta)`,
      missing:
        'La pregunta no encuentra esta respuesta. Agrega la pregunta, o sus palabras principales, a los otros nombres e inténtalo otra vez.',
      names: 'Otros nombres',
      save: 'Guardar',
    },
    noNames:
      'Los miembros preguntan de muchas maneras. Uno o dos nombres más, escritos como ellos preguntarían, me ayudan a encontrar esta respuesta: se agregan con </faq-edit change>.',
    saved: (title: string) => `Guardada: **${title}**. Las copias fijadas se actualizan en unos segundos.`,
    removed: (title: string) => `Quitada: **${title}**. Puedes recuperarla con </faq-edit undo>.`,
    overrideRemoved: (title: string) =>
      `**${title}** vuelve a mostrar el texto de la guía. Puedes recuperar el tuyo con </faq-edit undo>.`,
    removedMark: '(quitada)',
    undone: (title: string) =>
      `Deshecho: **${title}** se muestra otra vez como ves abajo. Para revertir esto, usa </faq-edit undo> otra vez.`,
    undoneToNothing: (title: string) =>
      `Deshecho: la respuesta **${title}** ya no se muestra. Para recuperarla, usa </faq-edit undo> otra vez.`,
    undoneToGuide: (title: string) =>
      `Deshecho: **${title}** muestra el texto de la guía. Para recuperar el tuyo, usa </faq-edit undo> otra vez.`,
    askRemove: (title: string) =>
      `¿Quitar la respuesta **${title}**? Los miembros ya no la encontrarán. Sus copias fijadas se quedan como están hasta que las quites.`,
    askRemoveOverride: (title: string) =>
      `¿Quitar tu texto en lugar de **${title}**? La página volverá a mostrar el texto de la guía.`,
    notOwn:
      'Esta es una página de las guías sin texto propio, así que no hay nada que quitar ni deshacer. Con </faq-edit change> pones tu propio texto en su lugar.',
    gone: 'Esta respuesta ya no existe. Elige una de la lista que se abre mientras escribes.',
    full: (most: number) =>
      `Este servidor tiene ${most} respuestas, que es el límite. Quita algunas con </faq-edit remove> e inténtalo otra vez.`,
    noWords: 'Este mensaje no tiene palabras que yo pueda leer. Elige uno con texto.',
    tooLongToSave: 'Este mensaje es demasiado largo para una respuesta: caben 4000 caracteres.',
    tooLongForForm:
      'Este texto tiene tantos emojis o caracteres poco comunes que no cabe en el formulario de Discord. Descárgalo con </faq-edit export>, cámbialo en el archivo y después usa </faq-edit import>.',
    changedMeanwhile:
      'Otra persona acaba de cambiar esta respuesta, por eso no se hizo nada. Míralo con </faq-edit history>.',
    history: (title: string) => `Historial de “${title}”`,
    noHistory: 'Nadie ha cambiado esta página aquí todavía: muestra el texto de la guía.',
    action: { add: 'agregada', change: 'cambiada', remove: 'quitada', undo: 'deshecha', import: 'importada' },
    revision: (number: number, action: string, userId: string, seconds: number) =>
      `**${number}** ${action} por <@${userId}>, <t:${seconds}:f>`,
    conflict: (userId: string) =>
      `No se guardó: <@${userId}> cambió esta respuesta mientras escribías. No se perdió nada: los dos textos están abajo y en los archivos. Presiona **Editar otra vez** para partir del texto que se muestra ahora.`,
    conflictGone: 'Alguien quitó esta respuesta mientras escribías.',
    now: 'El texto que se muestra ahora',
    yours: 'Tu texto',
    notSaved: (why: string) => `No se guardó. ${why}\nTu texto está abajo y en el archivo, así que no se perdió nada.`,
    problem: {
      empty: (field: string) => `${field}: no puede quedar vacío.`,
      long: (field: string, limit: number) => `${field}: ${limit} caracteres como máximo.`,
      many: (field: string, limit: number) => `${field}: ${limit} como máximo.`,
      lines: (field: string) => `${field}: una sola línea.`,
      character: (field: string) =>
        `${field}: contiene un carácter que no se puede guardar. Por favor, escríbelo de nuevo.`,
      link: (field: string, value: string) => `${field}: el enlace \`${value}\` debe empezar con https://.`,
    },
  },
  exchange: {
    exported: (count: number) =>
      `${plural('es', count, { one: 'Aquí está la única respuesta', other: `Aquí están las ${count} respuestas` })} de este servidor. Cambia el archivo como quieras y después usa </faq-edit import>.`,
    exportedCompressed: (count: number) =>
      `${plural('es', count, { one: 'Aquí está la única respuesta', other: `Aquí están las ${count} respuestas` })} de este servidor, en un archivo comprimido (gzip) por el límite de tamaño de Discord. </faq-edit import> lee el archivo tal como está. Para cambiar algo, descomprímelo.`,
    exportedPart: (count: number, total: number) =>
      `Aquí hay ${count} de las ${total} respuestas de este servidor, en un archivo comprimido (gzip) por el límite de tamaño de Discord. </faq-edit import> lee cada archivo tal como está.`,
    nextPart: 'Siguiente parte',
    nothing: 'Este servidor todavía no tiene respuestas propias. La primera se escribe con </faq-edit add>.',
    noRest: 'No hay más respuestas: alguien quitó las de la siguiente parte. Ya tienes todas las que quedan.',
    plan: (added: number, changed: number, same: number) =>
      `Todavía no se cambió nada. Nuevas en este archivo: ${added}. Cambiadas: ${changed}. Sin cambios: ${same}. Las respuestas que no están en el archivo se quedan como están.`,
    planChanged: (plan: string) =>
      `No se importó nada: las respuestas de este servidor cambiaron desde que te pregunté. Esto es lo que el archivo haría ahora. ${plan}`,
    planBusy:
      'Otros moderadores están guardando respuestas en este momento, por eso no se importó nada. Inténtalo otra vez en un minuto.',
    importing: (written: number, total: number) => `Importando: ${written} de ${total} …`,
    allSame: 'Este archivo no tiene nada nuevo: todas sus respuestas ya están guardadas.',
    added: 'Nuevas',
    changed: 'Cambiadas',
    more: (count: number) => `… y ${count} más`,
    imported: (count: number) => `Importadas: ${count}. Las copias fijadas se actualizan en unos segundos.`,
    full: (added: number, most: number) =>
      `No se importó nada: el archivo agrega ${added} ${plural('es', added, { one: 'respuesta', other: 'respuestas' })}, y un servidor puede tener ${most} como máximo. Saca algunas del archivo, o quita respuestas con </faq-edit remove>.`,
    findings: 'No se importó nada, porque el archivo tiene errores. Corrige estos e inténtalo otra vez:',
    notFetched: 'No pude descargar ese archivo de Discord. Súbelo de nuevo e inténtalo otra vez.',
    warnings:
      'Revisa estas respuestas: están en lugar de páginas que las guías no tienen, así que los miembros no las ven:',
    tooLargeCompressed:
      'Ese archivo es demasiado grande incluso comprimido: Discord acepta 10 MiB como máximo. Divídelo en varios archivos e importa cada uno por separado.',
    tooLarge: 'Ese archivo pesa más de 16 MiB. Divídelo en varios archivos e importa cada uno por separado.',
    elsewhere: 'Solo leo archivos de Discord. Adjunta el archivo al comando.',
  },
  menu: {
    choose:
      '¿Qué tema responde a este mensaje? La respuesta aparece debajo, y quien escribió el mensaje recibe una notificación.',
    placeholder: 'Elige un tema',
    search: 'Buscar',
    searchTitle: 'Buscar un tema',
    searchLabel: '¿De qué se trata?',
    none: (text: string) => `Ningún tema coincide con “${text}”. Prueba con otras palabras.`,
    sent: (url: string) => `Enviado: ${url}`,
    gone: 'Ese mensaje ya no existe, así que no hay nada que responder.',
    system: 'Discord no permite responder a este mensaje, porque es un mensaje del sistema. No se envió nada.',
    failed: 'Discord no aceptó la respuesta. No se envió nada. Inténtalo otra vez en un minuto.',
  },
};
