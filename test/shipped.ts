// The content that the repository ships, loaded once for a test file.
import { readFolder } from '../src/content-folder.ts';
import { pageLimits } from '../src/discord/render.ts';
import type { Content, Edition } from '../src/guide/model.ts';

export async function shippedContent(): Promise<Content> {
  const { content, findings } = await readFolder('content', pageLimits);
  if (!content) throw new Error(`the shipped content has errors: ${JSON.stringify(findings)}`);
  return content;
}

export async function shippedEdition(locale = 'en'): Promise<Edition> {
  const edition = (await shippedContent()).editions.get(locale);
  if (!edition) throw new Error(`no edition ${locale}`);
  return edition;
}
