// The systemd unit: checked by systemd itself, and usable in a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FILE = 'deploy/guidepost.service';
const unit = readFileSync(FILE, 'utf8');
const values = (key: string) => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
const analyze = (...args: string[]) => spawnSync('systemd-analyze', [...args, FILE], { encoding: 'utf8' });
const isInstalled = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!isInstalled) console.info('tests of the systemd unit skipped: systemd-analyze is not installed');

describe('the systemd unit', () => {
  it('starts a script of this project, in a folder that systemd creates', () => {
    const [, script = ''] = /\/opt\/guidepost\/(\S+)$/.exec(values('ExecStart')[0] ?? '') ?? [];
    expect(existsSync(script)).toBe(true);
    expect(values('WorkingDirectory')).toEqual([`/var/lib/${values('StateDirectory')[0]}`]);
    // The service would not start with paths that a fresh clone lacks, unless they begin with "-".
    expect(values('(?:ReadWrite|ReadOnly|Bind|BindReadOnly)Paths').filter((path) => !path.startsWith('-'))).toEqual([]);
  });

  it('does not read .env, because the program does', () => {
    expect(values('EnvironmentFile')).toEqual([]);
  });

  it('is not restarted after exit code 2, and gives the bot time to shut down', () => {
    expect(values('RestartPreventExitStatus')).toEqual(['2']);
    expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(5);
  });

  it('creates files that only its user can read', () => {
    expect([values('UMask'), values('StateDirectoryMode')]).toEqual([['0077'], ['0700']]);
  });

  it.skipIf(!isInstalled)('is valid for systemd', () => {
    const { status, stderr } = analyze('verify');
    // Older versions ignore settings of systemd 254 with a warning. Node.js may not be in /usr/bin.
    const complaints = stderr
      .split('\n')
      .filter(
        (line) => line.includes('guidepost') && !/'Restart(Steps|MaxDelaySec)'|usr\/bin\/node is not exec/.test(line),
      );
    expect(complaints).toEqual([]);
    expect(status === 0 || /usr\/bin\/node/.test(stderr)).toBe(true);
  });

  it.skipIf(!isInstalled)('has an exposure level below 2.0 of 10 in systemd’s rating', ({ skip }) => {
    const { status, stdout, stderr } = analyze('security', '--offline=true', '--no-pager');
    if (status !== 0 && /unrecognized option/.test(stderr)) return skip('this version of systemd can’t rate a file');
    expect(Number(/exposure level for guidepost\.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
  });
});
