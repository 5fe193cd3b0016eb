// Spanish: /faq-pin.

export const pins = {
  pin: {
    pinned: (channelId: string, url: string) =>
      `Fijado en <#${channelId}>: ${url}\nSe actualiza cada vez que cambia la guía o tu propio texto.`,
    already: (channelId: string, url: string) => `Este tema ya está fijado en <#${channelId}>: ${url}`,
    youLack: (permissions: string, channelId: string) => `Te falta permiso en <#${channelId}>: ${permissions}.`,
    botLacks: (permissions: string, channelId: string) =>
      `Me falta permiso en <#${channelId}>: ${permissions}. Pide a un administrador de este servidor que me lo dé e inténtalo otra vez.`,
    full: (channelId: string) =>
      `No se publicó nada: <#${channelId}> está lleno, porque Discord permite 250 mensajes fijados en un canal. Primero desfija algo allí.`,
    archived: (channelId: string) =>
      `No se publicó nada: <#${channelId}> está archivado o bloqueado. Reábrelo e inténtalo otra vez.`,
    notThere: (channelId: string) => `No se publicó nada: no puedo ver <#${channelId}>, o ya no existe.`,
    failed: 'No se fijó nada, porque Discord falló. Inténtalo otra vez en un minuto.',
    leftBehind: (url: string) =>
      `No se fijó nada, pero mi mensaje sigue ahí, porque Discord no me dejó borrarlo: ${url}\nBórralo tú e inténtalo otra vez.`,
    kept: {
      permission: (channelId: string) =>
        `No se quitó nada: Discord no me deja borrar mi mensaje en <#${channelId}>. Comprueba que allí tengo **View Channel** (ver el canal) y **Read Message History** (leer el historial de mensajes) e inténtalo otra vez, o borra tú el mensaje.`,
      access: (channelId: string) =>
        `No se quitó nada: no puedo ver <#${channelId}>. Dame allí **View Channel** (ver el canal) e inténtalo otra vez.`,
      archived: (channelId: string) =>
        `No se quitó nada: <#${channelId}> está archivado o bloqueado. Reábrelo e inténtalo otra vez.`,
      failed: 'No se quitó nada, porque Discord falló. Inténtalo otra vez en un minuto.',
    },
    blocked: 'No se publicó nada: una regla de este servidor (AutoMod) o el propio Discord bloquea este texto.',
    notPinned: (channelId: string) =>
      `Eso no está fijado en <#${channelId}>, así que no hay nada que quitar. </faq-pin list> muestra lo que sí está.`,
    removed: (title: string, channelId: string) => `Quitado de <#${channelId}>: **${title}**.`,
    removedGone: (title: string, channelId: string) =>
      `**${title}** ya no estaba en <#${channelId}>. Ahora tampoco está en la lista.`,
    list: 'Fijado aquí',
    none: 'Este bot todavía no ha fijado nada. Con </faq-pin add> fijas un tema.',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}** en <#${channelId}> · ${state} · ${url}`,
    state: {
      alive: 'al día',
      due: 'actualización en curso',
      archived: 'no está al día: el hilo está archivado o bloqueado. Reábrelo y usa otra vez </faq-pin list>',
      blocked: 'no está al día: una regla de este servidor (AutoMod) o el propio Discord bloquea el texto nuevo',
      forbidden: 'no está al día: Discord no me deja editarlo. Revisa mis permisos en ese canal',
      failing: 'no está al día: la última edición falló. Lo voy a intentar otra vez',
      unpinned: 'ya no está fijado: alguien lo desfijó. El mensaje sigue ahí y se mantiene al día',
      message: 'ya no existe: alguien borró el mensaje',
      channel: 'ya no existe: alguien borró el canal',
      access: 'sin acceso: ya no puedo ver ese canal',
      permission: 'no comprobado: necesito **Read Message History** (leer el historial de mensajes) allí',
      topic: 'su tema ya no existe. El mensaje se queda como estaba',
      unknown: 'no comprobado: Discord no respondió',
    },
    unknownTopic: 'Un tema que ya no existe',
    reason: (user: string, command: string) => `${command} por ${user}`,
  },
};
