// A process that uses a store as a process of the bot would. Its input lines: "add TEXT", "flood", "texts", "lock
// NAME".
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { addReply } from '../../src/replies/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';

const [url = ''] = process.argv.slice(2);
const store = openStore(url, { log: pino({ level: 'silent' }), clock: systemClock });
let count = 0;

const print = (text: string) => process.stdout.write(`${text}\n`);

async function add(text: string): Promise<string> {
  const saving = { guildId: '1', authorId: '2', cause: `${process.pid}-${++count}` };
  return (await addReply(store, saving, { title: 'T', text, aliases: [] })).text;
}

async function execute(command: string, rest: string): Promise<string> {
  if (command === 'add') return `saved ${await add(rest)}`;
  if (command === 'flood') for (let i = 0; ; i++) print(`saved ${await add(`${i}`)}`);
  if (command === 'lock') {
    const held = await store.withLock(rest, async () => {
      print('held');
      await new Promise(() => {});
      return true;
    });
    return held ? 'released' : 'busy';
  }
  const rows = await store.run((db) => db.selectFrom('revisions').select('text').execute());
  return `texts ${rows.map(({ text }) => text).join(' ')}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', rest = ''] = line.split(' ', 2);
  execute(command, rest).then(print, (error) =>
    print(error instanceof StoreError ? `failed ${error.kind}` : `bug ${error}`),
  );
}
