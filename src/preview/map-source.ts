// The map as it is sent: read once for each state of the files, made JSON and compressed ahead.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readContentFolder } from '../content/files.ts';
import { fingerprintOf } from '../content/fingerprint.ts';
import type { ReadContent } from '../content/folder.ts';
import { readMap } from './map-view.ts';

const compress = promisify(gzip);

export interface SerializedMap {
  /** Differs whenever the files do. */
  readonly version: string;
  readonly json: string;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

export interface MapSource {
  /** The version of the files as they are now. */
  version(): Promise<string>;
  /** The map of the files as they are now. Whoever asks meanwhile waits for the same reading. */
  current(): Promise<SerializedMap>;
}

/**
 * The map of a content folder, read at the first question and after each change.
 * @param folder a content folder
 * @param read how it is read: parsing takes a second, so whoever serves others meanwhile does it in another thread
 */
export function createMapSource(folder: string, read: ReadContent = readContentFolder): MapSource {
  let last: { version: string; text: Promise<SerializedMap> } | undefined;
  const version = async () =>
    createHash('sha256')
      .update(await fingerprintOf(folder))
      .digest('base64url');
  return {
    version,
    async current() {
      const now = await version();
      if (last?.version === now) return last.text;
      const text = textOf(folder, now, read);
      last = { version: now, text };
      // A folder that could not be read is tried anew by the next who asks.
      text.catch(() => {
        if (last?.text === text) last = undefined;
      });
      return text;
    },
  };
}

async function textOf(folder: string, version: string, read: ReadContent): Promise<SerializedMap> {
  const json = JSON.stringify(await readMap(folder, read));
  return { version, json, gzipped: new Uint8Array(await compress(json)) };
}
