// What the buttons and the menu of messages do.
import type { MessageView } from '../src/message-types.ts';
import type { AnswerView, ChoicesView } from '../src/page-types.ts';
import type { Composer } from './composer.ts';
import { openMessageMenu } from './message-menu.ts';
import { type MessageHandlers, textOf } from './messages.ts';

/** What the page does for its messages. */
export interface MessagePage {
  readonly composer: Composer;
  /** What select menus list. */
  choices(): ChoicesView;
  /** The names of the message commands. */
  commands(): readonly string[];
  perform(name: 'press', body: { message: string; customId: string }): Promise<unknown>;
  perform(name: 'choose', body: { message: string; customId: string; values: readonly string[] }): Promise<unknown>;
  perform(name: 'menu', body: { message: string; name: string }): Promise<AnswerView | undefined>;
  dismiss(message: MessageView): void;
  /** Loads the messages, and scrolls to this one. */
  showAnswer(messageId: string): Promise<void>;
  showError(error: unknown): void;
}

/** The handlers for the messages of this page. */
export function createHandlers(page: MessagePage): Required<MessageHandlers> {
  return {
    press: (message, customId) => page.perform('press', { message: message.id, customId }),
    choose: (message, customId, values) => page.perform('choose', { message: message.id, customId, values }),
    choices: () => page.choices(),
    dismiss: (message) => page.dismiss(message),
    openMenu(message, from, at) {
      const name = message.author.global_name ?? message.author.username;
      const commands = page.commands().map((label) => ({
        label: `Apps: ${label}`,
        run: async () => {
          const answer = await page.perform('menu', { message: message.id, name: label });
          // The answer is at the end of the channel, perhaps far from the message.
          if (answer?.message) await page.showAnswer(answer.message);
        },
      }));
      const { composer, showError } = page;
      const entries = [
        ...(message.isEphemeral ? [] : [{ label: 'Reply', run: () => composer.reply(message.id, name) }]),
        { label: `Mention ${name}`, run: () => composer.mention(name) },
        { label: 'Copy text', run: () => navigator.clipboard.writeText(textOf(message)).catch(showError) },
      ];
      openMessageMenu([...entries, ...(message.isEphemeral ? [] : commands)], from, at);
    },
  };
}
