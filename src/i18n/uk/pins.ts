// Ukrainian: /faq-pin.

export const pins = {
  pin: {
    pinned: (channelId: string, url: string) =>
      `Закріплено в <#${channelId}>: ${url}\nПовідомлення оновлюється щоразу, коли змінюється посібник або ваш власний текст.`,
    already: (channelId: string, url: string) => `Цю тему вже закріплено в <#${channelId}>: ${url}`,
    youLack: (permissions: string, channelId: string) => `Вам бракує ${permissions} у <#${channelId}>.`,
    botLacks: (permissions: string, channelId: string) =>
      `Мені бракує ${permissions} у <#${channelId}>. Попросіть адміна цього сервера це дозволити, а потім спробуйте ще раз.`,
    full: (channelId: string) =>
      `Нічого не опубліковано: у <#${channelId}> немає місця, бо Discord дозволяє 250 закріплених повідомлень у каналі. Спершу відкріпіть там щось.`,
    archived: (channelId: string) =>
      `Нічого не опубліковано: гілку <#${channelId}> заархівовано або заблоковано. Відкрийте її знову, а потім спробуйте ще раз.`,
    notThere: (channelId: string) => `Нічого не опубліковано: я не бачу <#${channelId}>, або його вже немає.`,
    failed: 'Нічого не закріплено через збій Discord. Спробуйте ще раз через хвилину.',
    leftBehind: (url: string) =>
      `Нічого не закріплено, але моє повідомлення лишилося, бо Discord не дав мені його видалити: ${url}\nВидаліть його самі, а потім спробуйте ще раз.`,
    kept: {
      permission: (channelId: string) =>
        `Нічого не прибрано: Discord не дає мені видалити моє повідомлення в <#${channelId}>. Перевірте, чи маю я там **View Channel** (переглядати канал) і **Read Message History** (читати історію повідомлень), і спробуйте ще раз або видаліть повідомлення самі.`,
      access: (channelId: string) =>
        `Нічого не прибрано: я не бачу <#${channelId}>. Дайте мені там дозвіл **View Channel** (переглядати канал), а потім спробуйте ще раз.`,
      archived: (channelId: string) =>
        `Нічого не прибрано: гілку <#${channelId}> заархівовано або заблоковано. Відкрийте її знову, а потім спробуйте ще раз.`,
      failed: 'Нічого не прибрано через збій Discord. Спробуйте ще раз через хвилину.',
    },
    blocked: 'Нічого не опубліковано: цей текст блокує правило цього сервера (AutoMod) або сам Discord.',
    notPinned: (channelId: string) =>
      `Цього в <#${channelId}> не закріплено, тож прибирати нічого. </faq-pin list> показує, що закріплено.`,
    removed: (title: string, channelId: string) => `Прибрано з <#${channelId}>: **${title}**.`,
    removedGone: (title: string, channelId: string) =>
      `Теми **${title}** у <#${channelId}> вже не було. Тепер її немає і в списку.`,
    list: 'Закріплено тут',
    none: 'Цей бот ще нічого не закріпив. </faq-pin add> закріплює тему.',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}** у <#${channelId}> · ${state} · ${url}`,
    state: {
      alive: 'актуально',
      due: 'оновлюється',
      archived:
        'не оновлено: гілку заархівовано або заблоковано. Відкрийте її знову, а потім ще раз введіть </faq-pin list>',
      blocked: 'не оновлено: новий текст блокує правило цього сервера (AutoMod) або сам Discord',
      forbidden: 'не оновлено: Discord не дає мені змінити повідомлення. Перевірте мої дозволи в тому каналі',
      failing: 'не оновлено: остання зміна не вдалася. Я спробую ще раз',
      unpinned: 'уже не закріплено: хтось відкріпив. Повідомлення на місці й оновлюється, як і раніше',
      message: 'немає: повідомлення видалено',
      channel: 'немає: канал видалено',
      access: 'недоступно: я більше не бачу того каналу',
      permission: 'не перевірено: мені потрібен там дозвіл **Read Message History** (читати історію повідомлень)',
      topic: 'цієї теми вже немає. Повідомлення лишається, як було',
      unknown: 'не перевірено: Discord не відповів',
    },
    unknownTopic: 'Тема, якої вже немає',
    reason: (user: string, command: string) => `${command} від ${user}`,
  },
};
