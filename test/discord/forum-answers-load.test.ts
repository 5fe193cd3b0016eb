// New messages in forums and elsewhere, when there are many: what each of them costs.
import type { GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createForumAnswers } from '../../src/discord/forum-answers.ts';
import { createQuestionAnswering } from '../../src/discord/question-answering.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import type { Store } from '../../src/store/store.ts';
import { sqlite, type TestDatabase } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { altered, contextsWith, recordingLog, recordingStats } from './parts.ts';
import { settle, stubRest } from './rest-stub.ts';

const OWN = '999';
let database: TestDatabase;
beforeEach(async () => {
  database = await sqlite.create();
});
afterEach(() => database.close());

/** A message of a member. @param number of its server, of its author, and of its thread */
function message(number: number, more: object = {}): GatewayMessageCreateDispatchData {
  const id = String(10_000 + number);
  const base = {
    id,
    channel_id: id,
    guild_id: String(number),
    author: { id: `7${number}` },
    mentions: [],
    content: '',
  };
  // It reads no other fields.
  return altered(base as unknown as GatewayMessageCreateDispatchData, more);
}

function open() {
  const clock = createVirtualClock(0);
  const { log } = recordingLog();
  const stub = stubRest();
  const store = database.open();
  let queries = 0;
  // The real store, counted.
  const counted: Store = {
    ...store,
    run(work) {
      queries += 1;
      return store.run(work);
    },
  };
  const settingsCache = new SettingsCache(counted, { log });
  const answers = createForumAnswers({
    contexts: contextsWith(),
    settingsCache,
    answering: createQuestionAnswering({ log, clock }),
    store: counted,
    stats: recordingStats().stats,
    rest: stub.rest,
    log,
    clock,
  });
  return { answers, stub, queries: () => queries };
}

it('a message that is not the first of a post costs no query and no request', async () => {
  const { answers, stub, queries } = open();
  for (let i = 0; i < 2500; i++)
    expect(answers.read(message(i, { channel_id: '5' }), OWN, () => undefined)).toBe(false);
  await settle();
  expect([queries(), stub.requests.length, answers.backlog()]).toEqual([0, 0, 0]);
});

it('the settings of a server in which nothing is set are read once for all its posts', async () => {
  const { answers, stub, queries } = open();
  for (const id of ['21', '22', '23']) {
    let isOther = false;
    const onOther = () => {
      isOther = true;
    };
    if (answers.read(message(1, { id, channel_id: id }), OWN, onOther)) await expect.poll(() => isOther).toBe(true);
  }
  expect([queries(), stub.requests.length]).toEqual([1, 0]);
});
