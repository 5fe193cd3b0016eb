// In which language a question is answered, and how what was found for it is shown there.
import { type Content, DEFAULT_LOCALE, type Edition } from '../guide/model.ts';
import { editionIn } from '../guide/walk.ts';
import { languageOf } from '../locale.ts';
import type { QuestionResult } from './question-answering.ts';
import type { RenderContext } from './render-context.ts';

/** A result with topics in the language of its context. */
interface LocalizedResult {
  readonly found: QuestionResult;
  /** The edition in the asker's language, if the answer is in another one. */
  readonly otherEdition: Edition | undefined;
}

/**
 * The language of a private answer, for `contextFor`: that of the question, or English under a sentence in the asker's
 * language; undefined if the language is not clear.
 */
export function answerLocale({ language, sentences }: QuestionResult, content: Content): string | undefined {
  const isEdition = language !== undefined && editionIn(content, language) !== undefined;
  return sentences && !isEdition ? DEFAULT_LOCALE : language;
}

/**
 * What was found, as it is shown in a context: topics in its language, and a sentence in the asker's language only where
 * there is no edition in it.
 * @param found with topics of any edition
 */
export function localizeResult(found: QuestionResult, context: RenderContext, content: Content): LocalizedResult {
  const { language, sentences, ...rest } = found;
  const asked = language === undefined ? undefined : editionIn(content, language);
  // Above an answer, they say that it is in English.
  const isTrue = context.edition === context.original || rest.kind === 'declined' || rest.kind === 'courtesy';
  const own = {
    ...rest,
    ...(language === undefined ? {} : { language }),
    ...(sentences && !asked && isTrue ? { sentences } : {}),
  };
  // People who write Hindi in Latin letters may want to read it in its own.
  const readable = asked ?? (language === undefined ? undefined : editionIn(content, languageOf(language)));
  const otherEdition = readable === context.edition ? undefined : readable;
  if (own.kind === 'pointer') {
    const { id } = own.pointer;
    const pointer = context.edition.search.pointers.find((one) => one.id === id) ?? own.pointer;
    return { found: { ...own, pointer }, otherEdition };
  }
  if (!('topics' in own)) return { found: own, otherEdition };
  const [first, ...others] = own.topics.flatMap(({ topic }) => context.topics.find(topic) ?? []);
  // A reply may have been removed meanwhile.
  if (!first) return { found: { ...own, kind: 'declined', isOtherLanguage: false }, otherEdition };
  return { found: { ...own, topics: [first, ...others] }, otherEdition };
}
