// A forum: its posts, and the form for a new one.
import type { PostView } from '../src/page-types.ts';
import { byId, element, messageOf } from './dom.ts';

/** The forum in place of messages. */
export interface Forum {
  /** Shows the forum, or messages instead. */
  show(isForum: boolean): void;
  /** Draws the posts. Unchanged ones keep their elements, and the focus. */
  draw(posts: readonly PostView[]): void;
  /** Moves the focus to the title of a new post. */
  focus(): void;
}

/**
 * Listens to the form.
 * @param send creates a post. If it throws, the error is shown and the form stays filled in
 * @param open opens the post with this id
 */
export function setUpForum(
  send: (title: string, text: string) => Promise<unknown>,
  open: (postId: string) => unknown,
): Forum {
  const title = byId('post-title', HTMLInputElement);
  const text = byId('post-text', HTMLTextAreaElement);
  const form = byId('new-post');
  const notice = byId('post-notice');
  let drawn = '';
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    notice.textContent = '';
    try {
      await send(title.value, text.value);
      title.value = '';
      text.value = '';
    } catch (error) {
      notice.textContent = messageOf(error);
      title.focus();
    }
    form.removeAttribute('aria-busy');
  });
  return {
    show(isForum) {
      byId('forum').hidden = !isForum;
      for (const id of ['message-area', 'composer', 'open-pins']) byId(id).hidden = isForum;
    },
    draw(posts) {
      const json = JSON.stringify(posts);
      if (json === drawn) return;
      drawn = json;
      const focused = document.activeElement?.getAttribute('data-post');
      const items = posts.map((post) => element('li', {}, postButton(post, open)));
      byId('posts').replaceChildren(...items);
      byId('no-posts').hidden = posts.length > 0;
      if (focused)
        items
          .find((item) => item.querySelector(`[data-post="${focused}"]`))
          ?.querySelector('button')
          ?.focus();
    },
    focus: () => title.focus(),
  };
}

function postButton({ id, name, author, replies, isArchived, isLocked }: PostView, open: (id: string) => unknown) {
  const count = replies === 1 ? '1 message' : `${replies} messages`;
  const facts = [`by ${author}`, count, isLocked && 'locked', isArchived && 'archived'].filter(Boolean).join(' · ');
  const attributes = { type: 'button', class: 'post', 'data-post': id, onclick: () => open(id) };
  return element('button', attributes, element('b', {}, name), ' ', element('small', {}, facts));
}
