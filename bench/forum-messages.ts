// What messages cost that are not the first of a post, in servers in which nobody has set anything.
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { createMessageHandler } from '../src/discord/messages.ts';
import type { Store } from '../src/store/store.ts';
import { openBenchBot } from './bot.ts';
import { median } from './load/drive.ts';
import { messageJson } from './load/forum-world.ts';
import { channelId, memberId } from './load/guilds.ts';
import { APPLICATION } from './load/interactions.ts';
import type { Table } from './table.ts';

const MESSAGES = 100_000;
const ROUNDS = 15;

/** The time for a message in the process, with and without answers in forums, and how often the database is asked. */
export async function messagesTable(servers: number): Promise<Table> {
  const { app, store, close } = await openBenchBot();
  const queries = countQueries(store);
  const without = createMessageHandler(app.services);
  const messages = Array.from({ length: servers }, (_, i) => message(i, '830000000000000001'));
  const times = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.without.push(await timeOf(without, messages));
    times.with.push(await timeOf(app.onMessage, messages));
  }
  const ofMessages = queries.take();
  const read = async (round: number) => {
    for (let i = 0; i < servers; i++) {
      await app.onMessage(message(i, `8800000000000${round}${10_000 + i}`, true), APPLICATION);
      // More than a thousand at one time are not read.
      if (i % 250 === 0) await sleep(200);
    }
    await sleep(1000);
    return queries.take();
  };
  const [first, second] = [await read(1), await read(2)];
  await close();
  const perMessage = (ms: number) => `${((ms / MESSAGES) * 1e6).toFixed(0)} ns`;
  const more = median(times.with.map((ms, i) => ms - (times.without[i] ?? Number.NaN)));
  const count = (n: number) => `${n.toLocaleString('en')} queries`;
  return {
    title: `${servers.toLocaleString('en')} servers in which nobody has set anything`,
    columns: ['what', 'measured'],
    rows: [
      ['a message that is not the first of a post, with answers in forums', perMessage(median(times.with))],
      ['the same without them', perMessage(median(times.without))],
      ['the difference, median of the rounds', perMessage(more)],
      [`the database for ${(2 * ROUNDS * MESSAGES).toLocaleString('en')} such messages`, count(ofMessages)],
      ['the database for the first post in every server', count(first)],
      ['the database for the second post in every server', count(second)],
    ],
    data: { times, messages: MESSAGES, queries: { ofMessages, first, second } },
  };
}

/** Counts what runs in the database. */
function countQueries(store: Store): { take(): number } {
  let count = 0;
  const { run, transact } = store;
  Object.assign(store, {
    run: (...work: Parameters<Store['run']>) => {
      count += 1;
      return run(...work);
    },
    transact: (...work: Parameters<Store['transact']>) => {
      count += 1;
      return transact(...work);
    },
  });
  return {
    take() {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}

function message(index: number, id: string, isFirst = false): GatewayMessageCreateDispatchData {
  return JSON.parse(messageJson(isFirst ? id : channelId(index), id, index, memberId(index)));
}

type OnMessage = (message: GatewayMessageCreateDispatchData, ownUserId: string) => Promise<void>;

async function timeOf(onMessage: OnMessage, messages: readonly GatewayMessageCreateDispatchData[]): Promise<number> {
  const from = performance.now();
  for (let i = 0; i < MESSAGES; ) {
    for (const one of messages) {
      await onMessage(one, APPLICATION);
      i += 1;
    }
  }
  return performance.now() - from;
}
