// Serves the files of a page, with a content security policy that allows nothing from other origins.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
/** The hash of an empty string: Lit leaves empty style attributes, and only these are allowed. */
const EMPTY_STYLE = "'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  `style-src 'self' ${EMPTY_STYLE}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const HEADERS = {
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': POLICY,
};

/** The built page: `dist/page` of this package, found from its sources and from its build. */
export const PAGE_FOLDER: string = join(packageFolder(), 'dist/page');

function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** Responds with a file. @param encodings the request's accept-encoding */
export type PageFiles = (name: string, encodings?: string) => Response;

/** Whether a client with this accept-encoding accepts gzip. */
export function acceptsGzip(encodings = ''): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(encodings);
}

/** Reads all files of a folder now, so that a later build doesn't change them under a running server. */
export function openPageFiles(folder: string): PageFiles {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = new Map(
    names.flatMap((name) => {
      const type = TYPES[/^[a-z-]+\.([a-z]+)$/.exec(name)?.[1] ?? ''];
      return type === undefined ? [] : [[name, { type, data: readFileSync(join(folder, name)) }] as const];
    }),
  );
  const gzipped = new Map<string, Uint8Array<ArrayBuffer>>();
  return (name, encodings) => {
    const file = files.get(name);
    if (!file) return new Response('Not found', { status: 404 });
    const headers = { ...HEADERS, 'content-type': `${file.type}; charset=utf-8` };
    if (!acceptsGzip(encodings)) return new Response(file.data, { headers });
    const data = gzipped.get(name) ?? new Uint8Array(gzipSync(file.data));
    gzipped.set(name, data);
    return new Response(data, { headers: { ...headers, 'content-encoding': 'gzip' } });
  };
}
