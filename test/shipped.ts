// The content that the repository ships, read once for all test files of a process.
import { readContentFolder } from '../src/content/files.ts';
import type { Content, Edition } from '../src/guide/model.ts';

let shipped: Promise<Content> | undefined;

/** Nobody changes it. */
export function shippedContent(): Promise<Content> {
  shipped ??= read();
  return shipped;
}

async function read(): Promise<Content> {
  const { content, findings } = await readContentFolder('content');
  if (!content) throw new Error(`the shipped content has errors: ${JSON.stringify(findings)}`);
  return content;
}

export async function shippedEdition(locale = 'en'): Promise<Edition> {
  const edition = (await shippedContent()).editions.get(locale);
  if (!edition) throw new Error(`no edition ${locale}`);
  return edition;
}
