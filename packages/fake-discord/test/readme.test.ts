// The example in the README runs as it stands.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { expect } from 'expect';

/** The package, from its sources and from its build. */
const root = fileURLToPath(import.meta.url).replace(/[\\/](dist[\\/])?test[\\/][^\\/]*$/, '');

test('the example in the README runs as it stands', () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  // In the package, so that it finds the packages that it imports.
  const file = join(root, 'dist', `readme-${process.pid}.mjs`);
  writeFileSync(file, code);
  try {
    expect(execFileSync(process.execPath, [file], { cwd: dirname(file), encoding: 'utf8' })).toMatch(/^Pong! after /);
  } finally {
    rmSync(file);
  }
});
