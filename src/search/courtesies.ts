// Takes greetings, thanks, apologies and fillers off a question: they say nothing about what is asked.

/** A node of the phrases' tree, by word. */
interface Node {
  readonly next: Map<string, Node>;
  /** Whether a phrase ends here. */
  isEnd: boolean;
}

/** Where a phrase is next to the rest of its clause. */
const ELSEWHERE = '…';

/** Phrases that ask nothing, such as "thanks in advance". */
export class Courtesies {
  readonly #forward = newNode();
  readonly #backward = newNode();

  /**
   * @param phrases as the author wrote them: "bro …" is taken off the beginning of a clause only, "… please" off its end
   * @param wordsOf splits a phrase into words in the form in which they are compared
   */
  constructor(phrases: Iterable<string>, wordsOf: (phrase: string) => string[]) {
    for (const phrase of phrases) {
      const words = wordsOf(phrase);
      if (words.length === 0) continue;
      if (!phrase.startsWith(ELSEWHERE)) insert(this.#forward, words);
      if (!phrase.endsWith(ELSEWHERE)) insert(this.#backward, words.reverse());
    }
  }

  /**
   * A clause without the phrases it begins and ends with: "hello sir … thanks". In its middle they stay, because there
   * they may be what is asked about.
   */
  strip(clause: readonly string[]): string[] {
    const rest = clause.slice(lengthOfPhrases(this.#forward, clause));
    return rest.slice(0, rest.length - lengthOfPhrases(this.#backward, [...rest].reverse()));
  }
}

function newNode(): Node {
  return { next: new Map(), isEnd: false };
}

function insert(root: Node, words: readonly string[]): void {
  let node = root;
  for (const word of words) {
    const next = node.next.get(word) ?? newNode();
    node.next.set(word, next);
    node = next;
  }
  node.isEnd = true;
}

/** How many words the phrases have that the words begin with, one after the other; the longest of each. */
function lengthOfPhrases(root: Node, words: readonly string[]): number {
  let end = 0;
  for (let longest = end; ; ) {
    let node: Node | undefined = root;
    for (let i = end; node && i < words.length; i++) {
      node = node.next.get(words[i] ?? '');
      if (node?.isEnd) longest = i + 1;
    }
    if (longest === end) return end;
    end = longest;
  }
}
