// The sample with a Spanish and a Hindi edition.
import { expect } from 'vitest';
import type { Content } from '../../src/guide/model.ts';
import { GUIDE, load, OTHER, recordOf } from './sample.ts';

/** Every page, checked by a native speaker. */
export const SPANISH = {
  'es/open-door.md': GUIDE.replace('How to open the door', 'Cómo abrir la puerta')
    .replace('Which door is it?', '¿Qué puerta es?')
    .replace('## The front door', '## La puerta principal'),
  'es/other.md': OTHER.replace('## The back door', '## La puerta trasera'),
};
/** One page. */
const HINDI = { 'hi/other.md': OTHER.replace('## The back door', '## पीछे का दरवाज़ा') };

/** The titles of the pages in Spanish. */
export const SPANISH_TITLES = { start: '¿Qué puerta es?', front: 'La puerta principal', rear: 'La puerta trasera' };
export const HINDI_REAR = 'पीछे का दरवाज़ा';

/** The sample in English, Spanish and Hindi, with changes of its files. */
export function contentInLanguages(changes: Record<string, string | undefined> = {}): Content {
  const records = { ...recordOf(SPANISH, 'es'), ...recordOf(HINDI, 'hi') };
  const { content, findings } = load({ ...SPANISH, ...HINDI, ...records, ...changes });
  return content ?? expect.fail(`${findings.length} findings, the first: ${findings[0]?.message}`);
}
