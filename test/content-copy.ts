// A copy of the shipped content that a test may change.
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Copies the guides and what belongs to them into a new folder. What the search is trained on is left out: reading it
 * after each change takes seconds, and these tests ask no questions.
 * @returns the folder; the caller deletes it
 */
export function copyContent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
  cpSync('content', folder, { recursive: true, filter: (path) => !path.endsWith(join('en', 'search')) });
  return folder;
}
