// Updates the list of messages in place, and keeps the focus where it was.

/** Touches only new and removed items, so that screen readers announce nothing else. */
export function replaceChanged(list: HTMLElement, items: readonly HTMLElement[]): void {
  const kept = new Set<Element>(items);
  for (const child of [...list.children]) if (!kept.has(child)) child.remove();
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
}

/** Keeps the focus on a message that was updated in place: on the same control, otherwise on the message. */
export function restoreFocus(item: HTMLElement | undefined, controlId: string | null | undefined): void {
  if (!item || item.contains(document.activeElement)) return;
  const controls = [...item.querySelectorAll('[data-control]')].filter((each) => each instanceof HTMLElement);
  (controls.find(({ dataset }) => dataset.control === controlId) ?? item).focus({ preventScroll: true });
}
