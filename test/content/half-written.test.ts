// A content folder while another program writes it.
import { writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import { GUIDE } from '../guide/sample.ts';

import { serveSample } from './served.ts';

const sample = serveSample();
const { guide, open } = sample;

describe('a content folder that is half written', () => {
  const BROKEN = GUIDE.replace('#front', '#fornt');
  /** Reads while somebody else goes on writing. */
  const readMeanwhile: ReadContent = async (...args) => {
    const loaded = await readContentFolder(...args);
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    return loaded;
  };

  it('is read again at the start', async () => {
    writeFileSync(guide(), BROKEN);
    const served = await open(readMeanwhile);
    expect(served.health()).toBeUndefined();
  });

  it('ends the start if it keeps changing and never becomes valid', async () => {
    let changes = 0;
    const read = vi.fn<ReadContent>(async (...args) => {
      writeFileSync(guide(), `${BROKEN}\n<!-- ${changes++} -->\n`);
      return readContentFolder(...args);
    });
    await expect(open(read)).rejects.toMatchObject({ name: 'ContentError' });
    expect(read.mock.calls.length).toBeLessThanOrEqual(10);
  });

  it('is not logged as an error and does not degrade the health', async () => {
    const read = vi.fn<ReadContent>(readContentFolder);
    const served = await open(read);
    const before = served.current.version;
    read.mockImplementationOnce(readMeanwhile);
    writeFileSync(guide(), BROKEN);
    await expect.poll(() => served.current.version !== before, { timeout: 5000 }).toBe(true);
    expect(sample.lines.filter((line) => !line.includes('new content is served'))).toEqual([]);
  });
});
