// The conversion of a content folder on disk from the format of 1.0, as `npm run content -- --convert` does it.
import { basename, join } from 'node:path';
import { pageLimits } from '../discord/views/page-limits.ts';
import { type Conversion, convertContent, isSameContent } from '../guide/convert.ts';
import { loadContent } from '../guide/load.ts';
import { readTexts } from './files.ts';
import { replaceFile } from './replace-file.ts';

/** Nothing was written. The message says why. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

/**
 * Converts a content folder in place. Each file is replaced in one step; a second run changes nothing.
 * @param today as for the check of the folder
 * @returns what was done and what a person has to do
 * @throws {ConversionError} if the folder has errors, or if its content would not stay the same
 */
export async function convertFolder(folder: string, today: Date): Promise<Conversion> {
  const { texts, failed } = await readTexts(folder);
  const options = { root: basename(folder), limits: pageLimits, today };
  const before = loadContent(texts, options).content;
  if (!before || failed.length > 0) throw new ConversionError('The content has errors. Fix these first.');
  const conversion = convertContent(texts);
  const after = loadContent(new Map([...texts, ...conversion.changed]), options).content;
  if (!after || !isSameContent(before, after))
    throw new ConversionError('The converted content would not be the same. Nothing was changed.');
  for (const [file, text] of conversion.changed) await replaceFile(join(folder, file), text);
  return conversion;
}
