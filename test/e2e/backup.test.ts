// Backup and restore as docs/operating.md describes them: its commands, with a bot that writes meanwhile.
import { execFile, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Message } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { addHelpDesk, type HelpDesk } from './help-desk.ts';
import { openPanel, panelText, setUp } from './setup-panel.ts';
import { change, until, useWorld, write } from './world.ts';

/** The blocks of commands in "Backup and restore", in order. */
const BLOCKS = (/^## Backup and restore$(.*?)^## /ms.exec(readFileSync('docs/operating.md', 'utf8'))?.[1] ?? '')
  .split(/\n(?! {4}|\n)/)
  .map((part) => part.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.trim()] : [])))
  .filter((block) => block.length > 0)
  .map((block) => block.join('\n'));
const blockWith = (text: string) =>
  BLOCKS.find((block) => block.includes(text) && !block.startsWith('docker')) ?? expect.fail(`a command with ${text}`);

/** The programs of the newest server: those of another version may refuse its databases. */
const POSTGRES = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
  : [];
const PATH = [...POSTGRES.slice(0, 1), process.env.PATH ?? ''].join(':');

interface Way {
  readonly name: string;
  readonly program: string;
  readonly backup: string;
  readonly restore: string;
  /** What the backup is called, if the restore expects another name. */
  readonly copy?: string;
}

const WAYS: readonly Way[] = [
  { name: 'SQLite with sqlite3', program: 'sqlite3', backup: '.backup', restore: 'cp guidepost-backup.db' },
  {
    name: 'SQLite with node',
    program: 'sqlite3',
    backup: 'vacuum into',
    restore: 'cp guidepost-backup.db',
    copy: 'guidepost-copy.db',
  },
  { name: 'PostgreSQL', program: 'pg_dump', backup: 'pg_dump', restore: 'pg_restore' },
];

/** Why a way cannot be tried here; undefined if it can. */
function whyNot({ name, program }: Way): string | undefined {
  if (name === 'PostgreSQL' && databases.length < 2) return 'PostgreSQL is not installed';
  const { status } = spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH } });
  return status === 0 ? undefined : `${program} is not installed`;
}

for (const way of WAYS) {
  const reason = whyNot(way);
  if (reason) console.info(`backup, ${way.name}: skipped, ${reason}`);
  describe.skipIf(reason)(`a backup of ${way.name}`, { timeout: 60_000 }, () => {
    const homes = ['first', 'second'].map((name) => join(mkdtempSync(join(tmpdir(), 'guidepost-backup-')), name));
    const [home = ''] = homes;
    const environment = { DATABASE_URL: '' };
    const created: TestDatabase[] = [];
    const urls: string[] = [];
    beforeAll(async () => {
      for (const folder of homes) {
        mkdirSync(join(folder, 'data'), { recursive: true });
        // The folder of the program has its packages.
        symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
        const database = way.name === 'PostgreSQL' ? await databases[1]?.create() : undefined;
        if (database) created.push(database);
        urls.push(database?.url ?? `file:${join(folder, 'data', 'guidepost.db')}`);
      }
      environment.DATABASE_URL = urls[0] ?? '';
    });
    afterAll(async () => {
      for (const database of created) await database.close();
      for (const folder of homes) rmSync(join(folder, '..'), { recursive: true, force: true });
    });
    const world = useWorld(() => environment);
    const run = async (commands: string, cwd: string) =>
      promisify(execFile)('sh', ['-ec', commands], { cwd, env: { ...environment, PATH } });
    const restoreIn = async (folder: string) => {
      await world.restart(async () => {
        for (const file of ['guidepost-backup.db', 'guidepost.dump'])
          if (folder !== home && existsSync(join(home, file))) renameSync(join(home, file), join(folder, file));
        environment.DATABASE_URL = urls[homes.indexOf(folder)] ?? '';
        await run(blockWith(way.restore), folder);
      });
    };

    let desk: HelpDesk;
    let topic: string;
    let pinned: Message;
    /** What the reply says, in the order of writing. */
    const texts = ['before the backup'];
    const textOf = (message: Message | null) => message?.embeds[0]?.description;
    const reply = async () => textOf((await desk.asker.slash('faq', { topic })).message);
    beforeAll(async () => {
      desk = await addHelpDesk(world, 'Harbour', { isSetUp: false });
      await setUp(desk.admin, { roles: [desk.role] });
      topic = await write(desk.admin, 'Opening hours', texts[0] ?? '');
      await desk.admin.slash('faq-pin add', { topic, channel: desk.general });
      pinned = world.discord.pinsOf(desk.general)[0] ?? expect.fail('it is pinned');
      let isDone = false;
      const backingUp = run(blockWith(way.backup), home).finally(() => {
        isDone = true;
      });
      for (let i = 0; !isDone; i++) {
        texts.push(`during the backup ${i}`);
        await change(desk.admin, topic, { text: texts.at(-1) ?? '' });
      }
      await backingUp;
      if (way.copy) renameSync(join(home, way.copy), join(home, 'guidepost-backup.db'));
    });

    it('can be read by this user only', () => {
      const file = existsSync(join(home, 'guidepost.dump')) ? 'guidepost.dump' : 'guidepost-backup.db';
      expect(statSync(join(home, file)).mode & 0o077).toBe(0);
    });

    it.each(homes.map((folder, i) => [i === 0 ? 'in its place' : 'elsewhere', folder]))(
      'restored %s has the replies, settings and pins of then, and pinned messages show them again',
      async (_, folder) => {
        await change(desk.admin, topic, { text: 'after the backup' });
        await until('the pin follows', () => textOf(pinned) === 'after the backup');
        await until('it is recorded', async () =>
          textOf((await desk.admin.slash('faq-pin list')).message)?.includes(`· ${en.pin.state.alive}`),
        );
        await restoreIn(folder);
        const restored = await until('the database answers', reply);
        expect(texts).toContain(restored);
        await until('the pin shows what was restored', () => textOf(pinned) === restored);
        expect(panelText(await openPanel(desk.admin))).toContain(desk.role.id);
        expect(textOf((await desk.admin.slash('faq-pin list')).message)).toContain(pinned.id);
        // It goes on from there.
        await change(desk.admin, topic, { text: 'after the restore' });
        await until('the pin follows', () => textOf(pinned) === 'after the restore');
      },
    );
  });
}
