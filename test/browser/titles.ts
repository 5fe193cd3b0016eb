// Titles and labels of the shipped pages, so that no test quotes the guides.
import type { Edition, Page } from '../../src/guide/model.ts';
import { shippedEdition } from '../shipped.ts';

const { pages } = await shippedEdition();
export const spanish = await shippedEdition('es');

/** A page's title. @param name such as `close-account#before` */
export function titleOf(name: string, edition: Pick<Edition, 'pages'> = { pages }): string {
  const page = edition.pages.get(name);
  if (!page) throw new Error(`no page ${name}`);
  return page.title;
}

/** The label of the button that leads from one page to another. */
export function labelTo(from: string, to: string): string {
  const link = pages.get(from)?.links.find((one) => one.kind === 'page' && one.page === to);
  if (!link) throw new Error(`no button from ${from} to ${to}`);
  return link.label;
}

/** The page with the most example questions. */
export function pageWithMostQuestions(): Page {
  const [first] = [...pages.values()].sort((a, b) => b.questions.length - a.questions.length);
  if (!first) throw new Error('no pages');
  return first;
}
