// The check of Node's version.
import { describe, expect, it } from 'vitest';
import { checkNode } from '../../src/doctor/node.ts';

describe('Node.js', () => {
  it.each(['18.20.4', '20.18.9', '20.9.0', '20'])('%s is too old', (version) => {
    expect(checkNode(version)).toMatchObject({
      level: 'problem',
      check: 'Node.js',
      text: `${version} is too old: the bot needs 20.19 or newer`,
      advice:
        'Install a newer Node.js from https://nodejs.org or with your package manager, then run "npm install" again.',
    });
  });

  it.each(['20.19', '20.19.0', '20.20.1', '22.0.0', '24.1.0-nightly'])('%s is new enough', (version) => {
    expect(checkNode(version)).toEqual({
      level: 'ok',
      check: 'Node.js',
      text: `${version} (required: 20.19 or newer)`,
    });
  });
});
