// A database of version 1.0.0 in the hands of this version: set up, used, and opened again by older code.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Message, Person } from 'fake-discord';
import { Kysely, type Migration, Migrator, PostgresDialect } from 'kysely';
import Database from 'libsql';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';
import { sqliteDialect, sqlitePath } from '../../src/store/sqlite.ts';
import { DAY_MS } from '../../src/time.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { execute, fillAsVersion1, isSqlite } from '../store/version-1.ts';
import { createHeldClock } from './held-clock.ts';
import { addHelpDesk, askInVain, askPerson, type HelpDesk } from './help-desk.ts';
import { chooseIn, openPanel, panelText, setUp } from './setup-panel.ts';
import { until, useWorld } from './world.ts';

const VERSION_1 = ['0001-replies-and-pins', '0002-counts-and-questions', '0003-servers'];
const { insights } = en;

/** What a version does at its start that knows only these migrations: 1.0.0 leaves it to Kysely's migrator. */
async function migrateAsBefore(url: string, names: readonly string[]): Promise<unknown> {
  const dialect = isSqlite(url)
    ? sqliteDialect(sqlitePath(url))
    : new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
  const db = new Kysely<unknown>({ dialect });
  const none: Migration = { up: () => Promise.reject(new Error('it has run already')) };
  const getMigrations = async () => Object.fromEntries(names.map((name) => [name, none]));
  const { error } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
  await db.destroy();
  return error;
}

describe.each(databases)('a database of version 1.0.0 on $name', { timeout: 60_000 }, (kind) => {
  const held = createHeldClock();
  const createOld = async () => {
    const old = await kind.create();
    await fillAsVersion1(old.url, 'old00000');
    return old;
  };
  const database = useDatabase({ ...kind, create: createOld });
  const world = useWorld(() => ({ DATABASE_URL: database.url }), { clock: held.clock });
  let desk: HelpDesk;
  beforeAll(async () => {
    desk = await addHelpDesk(world, 'Harbour', { isSetUp: false });
    await execute(database.url, [
      `update questions set guild_id = '${desk.guild.id}', asked_on = '${new Date().toISOString().slice(0, 10)}', text = 'asked before the upgrade'`,
      `update revisions set guild_id = '${desk.guild.id}'`,
    ]);
    await world.restart();
    await setUp(desk.admin, { roles: [desk.role], person: [desk.helpers] });
  });

  const questionsFor = async (person: Person): Promise<string> => {
    const { message } = await person.slash('insights');
    return JSON.stringify([fieldOf(message), message?.components]);
  };
  const fieldOf = (message: Message | null) =>
    message?.embeds[0]?.fields?.find(({ name }) => name === insights.questions)?.value;
  const copyOf = (url: string) => `${sqlitePath(url)}.before-${MIGRATION_NAMES[VERSION_1.length]}`;

  it.runIf(kind.name === 'SQLite')('has a copy beside it that version 1.0.0 can open', async () => {
    const copy = `file:${copyOf(database.url)}`;
    expect(existsSync(copyOf(database.url))).toBe(true);
    expect(await migrateAsBefore(copy, VERSION_1)).toBeUndefined();
    const opened = new Database(sqlitePath(copy));
    expect(opened.prepare('select title from revisions').all()).toEqual([{ title: 'Refunds' }]);
    expect(opened.prepare(`select name from sqlite_master where name = 'settings'`).all()).toEqual([]);
    opened.close();
  });

  it('keeps its replies', async () => {
    const { message } = await desk.asker.slash('faq', { topic: 'r:old00000' });
    expect(message?.embeds[0]).toMatchObject({ title: 'Refunds', description: 'Ask the client.' });
  });

  it('can be set up', async () => {
    const other = await addHelpDesk(world, 'Quay', { isSetUp: false });
    const panel = await openPanel(other.admin);
    expect(panelText(panel)).toContain(en.setup.noRoles);
    for (const [menu, chosen] of [
      ['roles', other.role],
      ['person', other.helpers],
    ] as const) {
      await chooseIn(other.admin, panel, menu, [chosen]);
      expect(panelText(panel)).toContain(chosen.id);
    }
    expect(await askPerson(other.asker)).toBe(en.person.sent(other.general.id));
  });

  it('shows helpers no question from before the upgrade, and those from the day after', async () => {
    expect(await questionsFor(desk.admin)).toContain('asked before the upgrade');
    expect(await questionsFor(desk.helper)).not.toContain('asked before the upgrade');
    held.advance(DAY_MS);
    world.discord.advance(DAY_MS);
    await askInVain(desk.asker, 'where is the best beach near here');
    await until('the question is stored', async () => (await questionsFor(desk.admin)).includes('best beach'));
    const seen = await questionsFor(desk.helper);
    expect(seen).toContain('best beach');
    expect(seen).not.toContain('asked before the upgrade');
  });

  it('cannot be opened through a button that shows helpers a question from before', async () => {
    const { message } = await desk.admin.slash('insights');
    const data = (message?.components ?? []).flatMap(({ components }) => components);
    const ids = data.flatMap((one) => ('custom_id' in one && one.custom_id ? [one.custom_id] : []));
    const typed = await Promise.all(
      ids.map((custom_id) => desk.helper.sendRaw({ type: 3, data: { component_type: 2, custom_id } }, message)),
    );
    expect(ids.length).toBeGreaterThan(1);
    expect(JSON.stringify(typed.map((one) => ('data' in one ? one.data : '')))).not.toContain('before the upgrade');
  });

  it('is refused in one sentence by code that knows only the older migrations, which changes nothing', async () => {
    for (const known of [VERSION_1, MIGRATION_NAMES.slice(0, -1)]) {
      const next = MIGRATION_NAMES[known.length];
      const error = await migrateAsBefore(database.url, known);
      expect(String(error)).toBe(`Error: corrupted migrations: previously executed migration ${next} is missing`);
    }
    expect(panelText(await openPanel(desk.admin))).toContain(desk.role.id);
  });

  it('is refused in one sentence by this version if a newer one has used it', async () => {
    await execute(database.url, [`insert into kysely_migration values ('0999-later', '2030-01-01T00:00:00.000Z')`]);
    try {
      world.logged.length = 0;
      await world.restart();
      const line = await until('a sentence', () =>
        world.logged.find((one) => one.includes('newer version of the bot')),
      );
      expect(line).toContain('run that version again, or restore the backup from before the upgrade');
      const { message } = await desk.helper.slash('faq-edit add');
      expect(message?.content).toBe(en.error.store.unavailable);
    } finally {
      await execute(database.url, [`delete from kysely_migration where name = '0999-later'`]);
    }
    await world.restart();
    expect(panelText(await openPanel(desk.admin))).toContain(desk.role.id);
  });

  it.runIf(kind.name === 'SQLite')(
    'can go back to the older version with the documented commands, and forth',
    async () => {
      const path = sqlitePath(database.url);
      const sections = readFileSync('docs/operating.md', 'utf8').split(/^## /m);
      const section = sections.find((text) => text.startsWith('Upgrade\n')) ?? '';
      const commands = [...section.matchAll(/^ {4}(.+)$/gm)].map(([, line]) => line).join('\n');
      await world.restart(async () => {
        // The documentation names the copy before the last change of the tables, and this is the one before all.
        const own = commands.replace(/\.before-[\w-]+/, `.before-${MIGRATION_NAMES[VERSION_1.length]}`);
        execFileSync('sh', ['-ec', own.replaceAll('data/guidepost.db', path)]);
        expect(await migrateAsBefore(database.url, VERSION_1)).toBeUndefined();
        const opened = new Database(path);
        expect(opened.prepare('select title from revisions').all()).toEqual([{ title: 'Refunds' }]);
        expect(opened.prepare(`select name from sqlite_master where name = 'settings'`).all()).toEqual([]);
        opened.exec(`update revisions set guild_id = '${desk.guild.id}'`);
        opened.close();
      });
      const { message } = await desk.asker.slash('faq', { topic: 'r:old00000' });
      expect(message?.embeds[0]).toMatchObject({ title: 'Refunds', description: 'Ask the client.' });
      expect(panelText(await openPanel(desk.admin))).toContain(en.setup.noRoles);
    },
  );
});
