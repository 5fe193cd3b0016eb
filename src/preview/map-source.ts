// The map as JSON, also compressed: read once for each state of the content folder.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readContentFolder } from '../content/files.ts';
import { fingerprintOf } from '../content/fingerprint.ts';
import type { ReadContent } from '../content/folder.ts';
import { readMap } from './map-view.ts';

const compress = promisify(gzip);

export interface SerializedMap {
  /** Changes whenever the files do. */
  readonly version: string;
  readonly json: string;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

export interface MapSource {
  /** The version of the files now. */
  version(): Promise<string>;
  /** The map of the files now. Concurrent calls share one read. */
  current(): Promise<SerializedMap>;
}

/**
 * The map of a content folder, read on first use and after each change.
 * @param folder a content folder
 * @param read reads the folder. Parsing takes a second, so a server does it outside its own thread
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
      // After a failure the next call reads again.
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
