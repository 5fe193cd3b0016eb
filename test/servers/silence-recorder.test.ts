// Posts that are not answered: written together, each counted once.
import { expect, it } from 'vitest';
import { silentPosts } from '../../src/servers/posts.ts';
import { SilenceRecorder } from '../../src/servers/silence-recorder.ts';
import { databases } from '../store/databases.ts';

const post = (threadId: string) => ({ guildId: '1', threadId, forumId: '5', state: 'silent' as const });

it.each(databases)('posts of the same moment are in $name together, and each is new only once', async ({ create }) => {
  const database = await create();
  const store = database.open();
  let writes = 0;
  const transact: typeof store.transact = (work) => {
    writes += 1;
    return store.transact(work);
  };
  const closing = new AbortController();
  const recorder = new SilenceRecorder({ ...store, transact }, closing.signal);
  const first = ['11', '12', '13'].map((id) => recorder.record(post(id)));
  expect(await Promise.all(first)).toEqual([true, true, true]);
  expect(writes).toBe(1);
  const again = [recorder.record(post('13')), recorder.record(post('14'))];
  closing.abort();
  expect(await Promise.all(again)).toEqual([false, true]);
  expect((await silentPosts(store, '1', 10)).sort()).toEqual(['11', '12', '13', '14']);
  await database.close();
});
