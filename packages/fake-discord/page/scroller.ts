// The scrolling list of messages: stays at the end while the viewer is there, and scrolls to a message on request.

/** Up to this distance in pixels counts as the end. */
const END_DISTANCE = 60;

/** Scrolls the messages. */
export interface Scroller {
  toEnd(): void;
  /** Scrolls to an item and focuses it. */
  show(item: HTMLElement): void;
  /** Scrolls as little as possible to an item that has just changed: to its start if it is longer than the screen. */
  reveal(item: HTMLElement): void;
}

/** Keeps a list at its end inside the element that scrolls it. */
export function setUpScroller(scroller: HTMLElement, list: HTMLElement): Scroller {
  let isAtEnd = true;
  let top = 0;
  const follow = () => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  };
  const scrollBy = (distance: number) => {
    isAtEnd = false; // the next scroll event finds out
    scroller.scrollTop += distance;
  };
  scroller.addEventListener('scroll', () => {
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < END_DISTANCE;
    // Growing content leaves the viewer at the end; only scrolling up does not.
    isAtEnd = isNear || (isAtEnd && scroller.scrollTop >= top);
    top = scroller.scrollTop;
  });
  // Embeds and pictures grow after they were inserted.
  const observer = new ResizeObserver(follow);
  observer.observe(list);
  observer.observe(scroller);
  return {
    toEnd() {
      isAtEnd = true;
      follow();
    },
    show(item) {
      isAtEnd = item === list.lastElementChild;
      if (isAtEnd) follow();
      else item.scrollIntoView({ block: 'center' });
      item.focus({ preventScroll: true });
    },
    reveal(item) {
      // Embeds have their height in the next frame.
      requestAnimationFrame(() => {
        const frame = scroller.getBoundingClientRect();
        const { top: start, bottom: end, height } = item.getBoundingClientRect();
        if (start < frame.top || height > frame.height) scrollBy(start - frame.top);
        else if (end > frame.bottom) scrollBy(end - frame.bottom);
      });
    },
  };
}
