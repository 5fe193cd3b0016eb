// A list of messages, updated in place, which keeps the focus where it was.
import type { MessageView } from '../src/message-types.ts';

/** Draws messages into an element. Unchanged ones keep their elements. */
export class MessageList {
  readonly #list: HTMLElement;
  /** By message id: the JSON and the element it was drawn as. */
  readonly #drawn = new Map<string, { readonly json: string; readonly item: HTMLElement }>();

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  /** Draws these messages instead of the current ones. @param toItem draws one of them */
  draw(messages: readonly MessageView[], toItem: (message: MessageView) => HTMLElement): void {
    const active = this.#list.contains(document.activeElement) ? document.activeElement : null;
    const focused = active?.closest('[data-message]')?.getAttribute('data-message');
    const control = active?.getAttribute('data-control');
    const items = messages.map((message) => {
      const previous = this.#drawn.get(message.id);
      const json = JSON.stringify(message);
      if (previous?.json === json) return previous.item;
      const item = toItem(message);
      this.#drawn.set(message.id, { json, item });
      return item;
    });
    replaceChanged(this.#list, items);
    if (focused) restoreFocus(this.itemOf(focused), control);
  }

  /** Removes all messages. */
  clear(): void {
    this.forget();
    this.#list.replaceChildren();
  }

  /** Draws every message again next time, also an unchanged one. */
  forget(): void {
    this.#drawn.clear();
  }

  /** The element of a message that is or was in the list. */
  itemOf(messageId: string): HTMLElement | undefined {
    return this.#drawn.get(messageId)?.item;
  }

  /** The elements of the messages that are or were in the list, by message id. */
  items(): Map<string, HTMLElement> {
    return new Map([...this.#drawn].map(([id, { item }]) => [id, item]));
  }
}

/** Touches only new and removed items, so that screen readers announce nothing else. */
function replaceChanged(list: HTMLElement, items: readonly HTMLElement[]): void {
  const kept = new Set<Element>(items);
  for (const child of [...list.children]) if (!kept.has(child)) child.remove();
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
}

/** Keeps the focus on a message that was updated in place: on the same control, otherwise on the message. */
function restoreFocus(item: HTMLElement | undefined, controlId: string | null | undefined): void {
  if (!item || item.contains(document.activeElement)) return;
  const controls = [...item.querySelectorAll('[data-control]')].filter((each) => each instanceof HTMLElement);
  (controls.find(({ dataset }) => dataset.control === controlId) ?? item).focus({ preventScroll: true });
}
