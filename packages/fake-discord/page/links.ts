// Clicks inside messages that this page handles itself: links to messages and channels, and mentions of commands.

/** What clicks do. */
export interface LinkHandlers {
  /** Opens a channel, and scrolls to a message in it. @param messageId empty for the channel alone */
  openMessage(channelId: string, messageId: string): unknown;
  /** Puts the start of a command into the input. */
  typeCommand(command: string): unknown;
}

/** Links to messages and channels open them on this page, not on Discord. */
export function setUpLinks({ openMessage, typeCommand }: LinkHandlers): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-to-message], [data-command]') : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    const { command, toChannel = '', toMessage = '' } = link.dataset;
    if (command === undefined) openMessage(toChannel, toMessage);
    else typeCommand(command);
  });
}
