// The scrolled list of messages: whoever reads its end stays there, and what one asked for comes into sight.

/** This near, in pixels, counts as the end. */
const NEAR = 60;

/** @returns `toEnd()`, and `show(item)`, which moves an item into sight and gives it the focus */
export function setUpScroller(scroller, list) {
  let isAtEnd = true;
  let top = 0;
  const follow = () => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener('scroll', () => {
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    // What grows below while one is carried along is no reason to stay behind; scrolling up is.
    isAtEnd = isNear || (isAtEnd && scroller.scrollTop >= top);
    top = scroller.scrollTop;
  });
  // Embeds and pictures still grow after they were put there.
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
  };
}
