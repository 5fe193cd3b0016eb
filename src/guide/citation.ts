// The citation `[^U26]`: a footnote call whose definition is in sources.yaml and not in the same file.
// GFM recognises a footnote only if its definition is in the file, so this is a construct of its own.
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { asciiAlphanumeric } from 'micromark-util-character';
import type { Code, Extension, State, Tokenizer } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citation: 'citation';
    citationMarker: 'citationMarker';
    citationId: 'citationId';
  }
}

const OPEN = 91;
const CARET = 94;
const CLOSE = 93;

const tokenize: Tokenizer = (effects, ok, nok) => {
  const start: State = (code) => {
    effects.enter('citation');
    effects.enter('citationMarker');
    effects.consume(code);
    return caret;
  };
  const caret = (code: Code): State | undefined => {
    if (code !== CARET) return nok(code);
    effects.consume(code);
    effects.exit('citationMarker');
    return first;
  };
  const first = (code: Code): State | undefined => {
    if (!asciiAlphanumeric(code)) return nok(code);
    effects.enter('citationId');
    effects.consume(code);
    return inside;
  };
  const inside = (code: Code): State | undefined => {
    if (asciiAlphanumeric(code) || code === 45) {
      effects.consume(code);
      return inside;
    }
    if (code !== CLOSE) return nok(code);
    effects.exit('citationId');
    effects.enter('citationMarker');
    effects.consume(code);
    effects.exit('citationMarker');
    effects.exit('citation');
    return ok;
  };
  return start;
};

/** The syntax, for micromark. */
export const citationSyntax: Extension = { text: { [OPEN]: { name: 'citation', tokenize } } };

/** The tree: a `footnoteReference` as mdast has it, with the id as its identifier. */
export const citationFromMarkdown: FromMarkdownExtension = {
  enter: {
    citation(token) {
      this.enter({ type: 'footnoteReference', identifier: '' }, token);
    },
  },
  exit: {
    citation(token) {
      this.exit(token);
    },
    citationId(token) {
      const node = this.stack.at(-1);
      if (node?.type === 'footnoteReference') node.identifier = this.sliceSerialize(token);
    },
  },
};
