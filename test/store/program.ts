// A program that uses a store as a replica of the bot would, told what to do by lines: "add TEXT", "flood", "texts", "lock NAME".
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { addReply } from '../../src/replies/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';

const [url = ''] = process.argv.slice(2);
const store = openStore(url, { log: pino({ level: 'silent' }), clock: systemClock });
let count = 0;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function add(text: string): Promise<string> {
  const saving = { guildId: '1', authorId: '2', cause: `${process.pid}-${++count}` };
  return (await addReply(store, saving, { title: 'T', text, aliases: [] })).text;
}

async function obey(order: string, rest: string): Promise<string> {
  if (order === 'add') return `saved ${await add(rest)}`;
  if (order === 'flood') for (let i = 0; ; i++) say(`saved ${await add(`${i}`)}`);
  if (order === 'lock') {
    const held = await store.withLock(rest, async () => {
      say('held');
      await new Promise(() => {});
      return true;
    });
    return held ? 'released' : 'busy';
  }
  const rows = await store.run((db) => db.selectFrom('revisions').select('text').execute());
  return `texts ${rows.map(({ text }) => text).join(' ')}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [order = '', rest = ''] = line.split(' ', 2);
  obey(order, rest).then(say, (error) => say(error instanceof StoreError ? `failed ${error.kind}` : `bug ${error}`));
}
