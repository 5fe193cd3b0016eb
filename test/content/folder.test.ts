// A content folder that is served: how it is opened, and what happens while its files change.
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { ContentError, type ReadContent } from '../../src/content/folder.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Content } from '../../src/guide/model.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { type Model, type TrainedSearch, trainModel } from '../../src/search/training.ts';
import { GUIDE, load } from '../guide/sample.ts';
import { serveSample } from './served.ts';

const sample = serveSample();
const { guide, open, pass } = sample;
const BROKEN = GUIDE.replace('#front', '#fornt');
const CHANGED = GUIDE.replace('Push it.', 'Pull it.');
const [good, changed, broken] = [{}, { 'en/open-door.md': CHANGED }, { 'en/open-door.md': BROKEN }].map((texts) =>
  load(texts),
);
if (!good || !changed?.content || !broken) throw new Error('three were loaded');
const newContent = changed.content;
const DEGRADED = { status: 'degraded', problem: 'older content' };
const SERVED = 'info new content is served';
const ERRORS = 'error content has errors, older content is served:';

/** Counts the readings, which give the sample unless a test says otherwise. */
const countedReader = () => vi.fn<ReadContent>(async () => good);
/** A change that every poll sees. */
let changes = 0;
const touch = () => writeFileSync(join(sample.folder, 'README.md'), 'x'.repeat(++changes));

describe('a content folder at the start', () => {
  it('is read once and served', async () => {
    const read = countedReader();
    const served = await open(read);
    expect(served.current).toBe(good.content);
    expect(served).toMatchObject({ isValid: true, search: undefined });
    expect(served.health()).toBeUndefined();
    expect(read.mock.calls).toEqual([[sample.folder]]);
    expect(sample.lines).toEqual([]);
  });

  it('that does not exist ends the start with an error that names it', async () => {
    rmSync(sample.folder, { recursive: true });
    await expect(open()).rejects.toMatchObject({
      name: 'ContentError',
      message: `CONTENT_DIR: ${sample.folder} cannot be read (ENOENT)`,
    });
  });

  it('that has errors ends the start with a list of them', async () => {
    const read = countedReader().mockResolvedValue(load({ 'en/open-door.md': BROKEN.replace('.outcome', '.x') }));
    const error = await open(read).catch((reason) => reason);
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toBeInstanceOf(ContentError);
    expect(error.message.split('\n').length).toBeGreaterThan(1);
    expect(error.message.split('\n')[0]).toMatch(/^content\/en\/open-door\.md:\d+:\d+ G\d{3} /);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('that is half written is read again', async () => {
    writeFileSync(guide(), BROKEN);
    const read = vi.fn<ReadContent>(async (...args) => {
      const loaded = await readContentFolder(...args);
      writeFileSync(guide(), CHANGED);
      return loaded;
    });
    const served = await open(read);
    expect(served.current.version).toBe(newContent.version);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('that keeps changing is read 10 times at most', async () => {
    const read = countedReader().mockImplementation(async () => {
      touch();
      return read.mock.calls.length === 10 ? good : broken;
    });
    expect((await open(read)).current).toBe(good.content);
    read.mockClear().mockImplementation(async () => {
      touch();
      return broken;
    });
    await expect(open(read)).rejects.toBeInstanceOf(ContentError);
    expect(read).toHaveBeenCalledTimes(10);
  });

  it('that is removed while it is read ends the start', async () => {
    const read = countedReader().mockImplementation(async () => {
      rmSync(sample.folder, { recursive: true });
      return broken;
    });
    await expect(open(read)).rejects.toThrow('cannot be read (ENOENT)');
  });

  it('ends the start with what its reader throws', async () => {
    const failure = new Error('the reader failed');
    await expect(open(() => Promise.reject(failure))).rejects.toBe(failure);
  });
});

describe('a content folder that is served', () => {
  it('is polled every 500 ms and read only if it changed', async () => {
    const read = countedReader();
    await open(read);
    await pass(500);
    await pass(500);
    touch();
    await pass(499);
    expect(read).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(read).toHaveBeenCalledTimes(2);
    await pass(500);
    expect(read).toHaveBeenCalledTimes(2);
    // A pause must not keep the process alive.
    expect(sample.pauses).toEqual(Array(5).fill({ ms: 500, ref: false }));
  });

  it('is replaced as a whole, with its search, and its listeners get it', async () => {
    const untrained = (): TrainedSearch => ({ recognition: Promise.resolve(undefined), models: new Map() });
    const [before, after] = [untrained(), untrained()];
    const read = countedReader().mockResolvedValue({ ...good, search: before });
    const served = await open(read);
    expect(served.search).toBe(before);
    const heard: [number, Content][] = [];
    served.onChange((content) => heard.push([1, content]));
    served.onChange((content) => heard.push([2, content]));
    read.mockResolvedValue({ ...changed, search: after });
    touch();
    await pass(500);
    expect(served.current).toBe(newContent);
    expect(served.search).toBe(after);
    expect(heard).toEqual([
      [1, newContent],
      [2, newContent],
    ]);
    expect(sample.lines).toEqual([SERVED]);
    expect(sample.records).toEqual([expect.objectContaining({ version: newContent.version })]);
  });

  it('is read with the guides of all its languages, and the models that are trained so far', async () => {
    const both = load({ 'de/other.md': '---\ndescription: A\n---\n## Hinten {#rear .outcome}\nOffen.[^U01]\n' });
    const english = trainModel(both.content?.editions.get('en') ?? expect.fail('no English edition'));
    const failed = Promise.reject(new Error('failed'));
    failed.catch(() => undefined); // who asks for this language handles it
    const search: TrainedSearch = {
      recognition: Promise.resolve(undefined),
      models: new Map<string, Promise<Model | undefined>>([
        ['es', new Promise(() => {})],
        ['pt', failed],
        ['hi', Promise.resolve(undefined)],
        ['en', Promise.resolve(english)],
      ]),
    };
    const read = countedReader().mockResolvedValue({ ...both, search });
    await open(read);
    touch();
    await pass(500);
    const guides = [...(both.content?.editions.values() ?? [])].flatMap(({ guides, ownGuides }) => ownGuides ?? guides);
    expect(guides.map(({ path }) => path)).toEqual([
      'content/en/open-door.md',
      'content/en/other.md',
      'content/de/other.md',
    ]);
    expect(read.mock.lastCall).toEqual([sample.folder, { guides, models: new Map([['en', english]]) }]);
  });

  it('is left as it is if its content did not change', async () => {
    const read = countedReader();
    const served = await open(read);
    const listener = vi.fn();
    served.onChange(listener);
    read.mockResolvedValue(load());
    touch();
    await pass(500);
    expect(read).toHaveBeenCalledTimes(2);
    expect(served.current).toBe(good.content);
    expect(listener).not.toHaveBeenCalled();
    expect(sample.lines).toEqual([]);
  });

  it('is read through links to folders, and read again when a link changes', async () => {
    const release = (name: string, text: string) => {
      cpSync(join(sample.home, 'given'), join(sample.folder, name), { recursive: true });
      writeFileSync(join(sample.folder, name, 'en/open-door.md'), text);
    };
    renameSync(sample.folder, join(sample.home, 'given'));
    release('..2026_11', GUIDE);
    release('..2026_12', CHANGED);
    // As a ConfigMap is mounted and updated.
    symlinkSync('..2026_11', join(sample.folder, '..data'));
    for (const name of ['en', 'sources.yaml', 'subject.yaml']) symlinkSync(`..data/${name}`, join(sample.folder, name));
    const served = await open();
    symlinkSync('..2026_12', join(sample.folder, '..data_tmp'));
    renameSync(join(sample.folder, '..data_tmp'), join(sample.folder, '..data'));
    await pass(500);
    expect(served.current.version).toBe(newContent.version);
    expect(sample.lines).toEqual([SERVED]);
  });
});

describe('a content folder with errors', () => {
  it('is not served: the older content is, and the errors are logged once', async () => {
    const read = countedReader();
    const served = await open(read);
    read.mockResolvedValue(broken);
    for (let i = 0; i < 3; i++) {
      touch();
      await pass(500);
      expect(served.isValid).toBe(false);
      expect(served.health()).toEqual(DEGRADED);
    }
    expect(served.current).toBe(good.content);
    expect(read).toHaveBeenCalledTimes(4);
    expect(sample.lines).toEqual([ERRORS]);
    expect(sample.records[0]?.msg).toContain(`:\n${broken.findings.map(formatFinding).join('\n')}`);
    read.mockResolvedValue(load({ 'en/open-door.md': BROKEN.replace('[^U01]', '[^U09]') }));
    touch();
    await pass(500);
    expect(sample.lines).toEqual([ERRORS, ERRORS]);
    // The files stay as they are.
    await pass(500);
    expect(read).toHaveBeenCalledTimes(5);
  });

  it('is valid again with the earlier files', async () => {
    const read = countedReader();
    const served = await open(read);
    for (const loaded of [broken, good, good]) {
      read.mockResolvedValue(loaded);
      touch();
      await pass(500);
    }
    expect(served.isValid).toBe(true);
    expect(served.health()).toBeUndefined();
    expect(sample.lines).toEqual([ERRORS, 'info content is valid again']);
  });

  it('has a backlog, and keeps the time at which it was last served as it is', async () => {
    const read = countedReader();
    const served = await open(read);
    await pass(500);
    const first = served.lastSuccess ?? expect.fail('it was served');
    expect(served.backlog()).toBe(0);
    for (const [loaded, backlog, passed] of [
      [broken, 1, 0],
      [changed, 0, 1],
    ] as const) {
      read.mockImplementationOnce(async () => {
        expect(served.backlog()).toBe(1);
        return loaded;
      });
      touch();
      await pass(500);
      expect([served.backlog(), served.lastSuccess]).toEqual([backlog, first + passed]);
    }
  });

  it('is served once they are fixed, and logs the same errors if they come back', async () => {
    const read = countedReader();
    const served = await open(read);
    for (const loaded of [broken, changed, broken]) {
      read.mockResolvedValue(loaded);
      touch();
      await pass(500);
    }
    expect(served.current).toBe(newContent);
    expect(sample.lines).toEqual([ERRORS, SERVED, ERRORS]);
  });

  it('because it is half written is not logged, does not degrade the health, and is read again', async () => {
    const read = countedReader();
    const served = await open(read);
    read.mockImplementationOnce(async () => {
      touch();
      return broken;
    });
    touch();
    await pass(500);
    expect(served.health()).toBeUndefined();
    read.mockResolvedValue(changed);
    await pass(500);
    expect(served.current).toBe(newContent);
    expect(sample.lines).toEqual([SERVED]);
  });
});

describe('a content folder that cannot be read', () => {
  const UNREADABLE = 'error content folder not readable, older content is served: ';
  const READABLE = 'info content folder readable again';

  it('is logged once, keeps the old content, and serves the new one when it is back', async () => {
    const served = await open();
    const before = served.current;
    renameSync(sample.folder, `${sample.folder}-away`);
    await pass(500);
    expect(served.isValid).toBe(false);
    expect(served.health()).toEqual(DEGRADED);
    await pass(500);
    expect(served.current).toBe(before);
    renameSync(`${sample.folder}-away`, sample.folder);
    writeFileSync(guide(), CHANGED);
    await pass(1000);
    expect(served.current.version).toBe(newContent.version);
    expect(served.health()).toBeUndefined();
    expect(sample.lines).toEqual([`${UNREADABLE}ENOENT`, SERVED, READABLE]);
  });

  it('is polled less and less often, up to every 4 seconds, and often again once it can be read', async () => {
    const read = countedReader();
    await open(read);
    read.mockRejectedValue(new Error('the reader ended'));
    touch();
    await pass(500);
    for (const [i, pause] of [500, 1000, 2000, 4000, 4000].entries()) {
      await pass(pause - 1);
      expect(read).toHaveBeenCalledTimes(2 + i);
      await pass(1);
      expect(read).toHaveBeenCalledTimes(3 + i);
    }
    read.mockResolvedValue(good);
    await pass(4000);
    expect(sample.pauses.slice(-2).map(({ ms }) => ms)).toEqual([4000, 500]);
    expect(sample.lines).toEqual([`${UNREADABLE}Error: the reader ended`, READABLE]);
    expect(sample.records[0]).toMatchObject({ err: { message: 'the reader ended' } });
    // The first pause after another failure is short again.
    read.mockRejectedValue(new Error('the reader ended'));
    touch();
    await pass(500);
    expect(sample.pauses.at(-1)?.ms).toBe(500);
    expect(sample.lines.at(-1)).toBe(`${UNREADABLE}Error: the reader ended`);
  });

  it('is logged again for another reason', async () => {
    const read = countedReader();
    await open(read);
    for (const reason of ['one', 'two']) {
      read.mockRejectedValue(new Error(reason));
      touch();
      await pass(500);
    }
    expect(sample.lines).toEqual([`${UNREADABLE}Error: one`, `${UNREADABLE}Error: two`]);
  });
});

describe('a content folder that is closed', () => {
  it('is not looked at any more', async () => {
    const read = countedReader();
    const served = await open(read);
    touch();
    await served.close();
    expect(sample.clock().pending()).toBe(0);
    await sample.clock().advance(2000);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is watched until the signal that it was started with aborts, and only once', async () => {
    const served = await open();
    const ending = new AbortController();
    served.start(ending.signal);
    expect(sample.clock().pending()).toBe(1);
    ending.abort();
    expect(sample.clock().pending()).toBe(0);
  });

  it('waits for a reading until its time is over, and drops what was read', async () => {
    const read = countedReader();
    const served = await open(read);
    let finish = (_: typeof good) => {};
    read.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
    touch();
    await sample.clock().advance(500);
    await expect.poll(() => read.mock.calls.length, { interval: 1 }).toBe(2);
    const closed = vi.fn();
    const closing = served.close(1000).then(closed);
    await sample.clock().advance(999);
    expect(closed).not.toHaveBeenCalled();
    await sample.clock().advance(1);
    await closing;
    finish(changed);
    await served.close(1000);
    expect(served.current).toBe(good.content);
    expect(sample.lines).toEqual([]);
  });

  it('waits no longer than for the reading', async () => {
    const read = countedReader();
    const served = await open(read);
    mkdirSync(join(sample.folder, 'more'));
    touch();
    await sample.clock().advance(500);
    await served.close(1000);
    expect(sample.clock().pending()).toBe(0);
  });
});
