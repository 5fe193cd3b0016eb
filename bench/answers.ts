// Answers inside the process: the router alone, from a payload to the JSON that would be sent.
import { writeWalkId } from '../src/discord/custom-id.ts';
import { originalOf, pathFrom } from '../src/guide/walk.ts';
import { AROUND, openBenchBot, timeRouter } from './bot.ts';

const ROUNDS = 20_000;

/** Median and 99th percentile of a pressed button and of a slash command. */
export async function measureAnswers(): Promise<[string, string][]> {
  const { app, content, close } = await openBenchBot();
  const edition = originalOf(content);
  const pages = [...edition.pages.values()];
  const press = (i: number) => {
    const path = pathFrom(
      Array.from({ length: 1 + (i % 15) }, (_, n) => pages[(i + n) % pages.length]).filter(
        (page) => page !== undefined,
      ),
    );
    const data = { custom_id: path ? writeWalkId('open', path, { edition }) : '', component_type: 2 };
    return { ...AROUND, type: 3, data, message: { flags: 64 } };
  };
  const slash = () => ({ ...AROUND, type: 2, data: { id: '1', type: 1, name: 'close-account' } });
  const times = (make: (i: number) => object) => timeRouter(app.route, ROUNDS, make);
  const rows: [string, string][] = [
    ['a button answered, in process', await times(press)],
    ['a slash command answered, in process', await times(slash)],
  ];
  await close();
  return rows;
}
