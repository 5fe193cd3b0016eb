// The systemd unit: systemd itself understands it, rates it, and nothing in it needs what a fresh clone lacks.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FILE = 'deploy/guidepost.service';
const unit = readFileSync(FILE, 'utf8');
const values = (key: string) => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
const analyze = (...args: string[]) => spawnSync('systemd-analyze', [...args, FILE], { encoding: 'utf8' });
const isInstalled = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the systemd unit', () => {
  it('starts a script of this project, in a folder that systemd makes', () => {
    const [, script = ''] = /\/opt\/guidepost\/(\S+)$/.exec(values('ExecStart')[0] ?? '') ?? [];
    expect(existsSync(script)).toBe(true);
    expect(values('WorkingDirectory')).toEqual([`/var/lib/${values('StateDirectory')[0]}`]);
    // Paths that a fresh clone lacks keep the service from starting, unless they begin with "-".
    expect(values('(?:ReadWrite|ReadOnly|Bind|BindReadOnly)Paths').filter((path) => !path.startsWith('-'))).toEqual([]);
  });

  it('leaves .env to the program, which alone reads it', () => {
    expect(values('EnvironmentFile')).toEqual([]);
  });

  it('is not started again for what only a person can fix, and ends after the bot has had its time', () => {
    expect(values('RestartPreventExitStatus')).toEqual(['2']);
    expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(5);
  });

  it('makes files that only its user can read', () => {
    expect([values('UMask'), values('StateDirectoryMode')]).toEqual([['0077'], ['0700']]);
  });

  it.skipIf(!isInstalled)('is understood by systemd', () => {
    const { status, stderr } = analyze('verify');
    // Settings of systemd 254, which older versions name and leave out; and Node.js elsewhere than in /usr/bin.
    const complaints = stderr
      .split('\n')
      .filter(
        (line) => line.includes('guidepost') && !/'Restart(Steps|MaxDelaySec)'|usr\/bin\/node is not exec/.test(line),
      );
    expect(complaints).toEqual([]);
    expect(status === 0 || /usr\/bin\/node/.test(stderr)).toBe(true);
  });

  it.skipIf(!isInstalled)('is exposed less than 2.0 of 10 by the count of systemd', ({ skip }) => {
    const { status, stdout, stderr } = analyze('security', '--offline=true', '--no-pager');
    if (status !== 0 && /unrecognized option/.test(stderr)) return skip('this systemd cannot rate a file');
    expect(Number(/exposure level for guidepost\.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
  });
});
