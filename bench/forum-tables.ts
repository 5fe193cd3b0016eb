// What a round of `forums` measures, and the tables of all rounds.
import { median, quantile } from './load/drive.ts';
import type { PostCounts } from './load/forum-world.ts';
import type { Table } from './table.ts';

/** How long each part of a round takes. The bot has worked off what it has not dropped before the last one ends. */
export const PARTS_MS = { quiet: 30_000, posts: 30_000, after: 60_000 } as const;
const PARTS: readonly Part[] = ['quiet', 'posts', 'after'];
const SHARES = [0.5, 0.95, 0.99] as const;

type Part = keyof typeof PARTS_MS;

/** Times in ms, sorted. */
export interface Waits {
  readonly first: readonly number[];
  readonly result: readonly number[];
}

export interface Measured extends Waits {
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly peakWaiting: number;
  readonly heapMiB: number;
  /** Requests of the bot that counted in Discord's global limit. */
  readonly requests: number;
}

/** The bot with posts and the one without, at the same time. */
export interface Pair {
  readonly posts: Measured;
  readonly none: Measured;
}

/** The three parts of a round, and what became of its posts. */
export type Round = Readonly<Record<Part, Pair>> & { readonly counts: PostCounts };

/** How many servers there are, and what happens in them. */
interface Load {
  readonly servers: number;
  readonly interactionsPerSecond: number;
  readonly postsPerSecond: number;
}

/** @param refusals answers 429 of Discord */
export function forumTables(rounds: readonly Round[], refusals: number, load: Load): Table[] {
  return [waitsTable(rounds, load), costTable(rounds), postsTable(rounds, refusals)];
}

/** Rows for the first answers and for the results, at each share: in ms, and as ratios of the two bots. */
function waitsTable(rounds: readonly Round[], { servers, interactionsPerSecond, postsPerSecond }: Load): Table {
  const kinds = [
    ['first answer', 'first'],
    ['result of a deferred answer', 'result'],
  ] as const;
  const rows = kinds.flatMap(([name, kind]) =>
    SHARES.map((share) => {
      const at = ({ [kind]: times }: Measured) => quantile(times, share);
      const during = (side: keyof Pair) => median(rounds.map(({ posts }) => at(posts[side]))).toFixed(2);
      const ratio = (part: Part) => range(rounds.map(({ [part]: pair }) => at(pair.posts) / at(pair.none)));
      const label = `${name}, ${share === 0.5 ? 'median' : `${share * 100} %`}`;
      return [label, during('none'), during('posts'), ratio('posts'), ratio('after'), ratio('quiet')];
    }),
  );
  return {
    title: `${servers.toLocaleString('en')} servers, ${interactionsPerSecond} interactions and ${postsPerSecond} posts a second: how long members wait`,
    columns: ['what', 'no posts, ms', 'posts, ms', 'ratio', 'ratio, working off', 'ratio, nobody posts'],
    rows,
    notes: [`Ratios of two bots at the same time: the median of ${rounds.length} rounds, the lowest and the highest.`],
    data: rounds.map(summaryOf),
  };
}

function range(list: readonly number[]): string {
  const [low, high] = [Math.min(...list), Math.max(...list)];
  return `${median(list).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function summaryOf({ counts, ...parts }: Round): object {
  const at = (times: readonly number[]) => SHARES.map((share) => quantile(times, share));
  const partOf = ({ first, result, ...rest }: Measured) => ({ ...rest, first: at(first), result: at(result) });
  return { counts, ...Object.fromEntries(PARTS.map((part) => [part, pairOf(parts[part], partOf)])) };
}

function pairOf({ posts, none }: Pair, of: (measured: Measured) => object): object {
  return { posts: of(posts), none: of(none) };
}

function costTable(rounds: readonly Round[]): Table {
  const names = { quiet: 'nobody posts', posts: 'posts', after: 'working off' } as const;
  const row = (part: Part, side: keyof Pair) => {
    const of = (key: 'peakMiB' | 'heapMiB' | 'cpuMs' | 'requests', digits: number, perMs = 1) =>
      rounds.map(({ [part]: pair }) => (pair[side][key] / perMs).toFixed(digits)).join(', ');
    const seconds = PARTS_MS[part] / 1000;
    const name = side === 'posts' ? names[part] : `${names[part]}, the bot without`;
    return [name, of('peakMiB', 0), of('heapMiB', 1), of('cpuMs', 0, seconds), of('requests', 1, seconds)];
  };
  return {
    title: 'Memory, CPU time and requests, round by round',
    columns: ['part', 'resident MiB at most', 'heap MiB after GC at its end', 'CPU ms a second', 'requests a second'],
    rows: PARTS.flatMap((part) => [row(part, 'posts'), row(part, 'none')]),
  };
}

function postsTable(rounds: readonly Round[], refusals: number): Table {
  return {
    title: 'What became of the posts',
    columns: ['round', 'posts', 'answered', 'title read, left', 'somebody was faster', 'not read', 'waiting at most'],
    rows: rounds.map(({ counts, posts, after }, n) => [
      String(n + 1),
      ...[counts.posts, counts.answered, counts.left, counts.overtaken, counts.notRead].map(String),
      String(Math.max(posts.posts.peakWaiting, after.posts.peakWaiting)),
    ]),
    notes: [`Discord answered 429 to ${refusals} requests.`],
  };
}
