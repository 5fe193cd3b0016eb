// The page docs/figures.md, made from the stored figures.
import type { Figure } from './figure.ts';

const INTRODUCTION = `# Figures

\`npm run figures\` makes this page from [\`docs/figures/*.json\`](figures) in seconds. To change a figure, run its command
with \`--store\`, then \`npm run figures\`; do not edit the page. [\`bench/README.md\`](../bench/README.md) says what the
benchmarks compare, and how to read them: compare ratios, not times, because machines differ.
`;

interface Section {
  readonly heading: string;
  readonly text: string;
  /** Of figures, in their order. */
  readonly names: readonly string[];
}

const SECTIONS: readonly Section[] = [
  {
    heading: 'Load, memory and start',
    text: 'Guidepost beside a bare discord.js bot, and beside the floor: the least work that a transport needs.',
    names: ['load', 'servers', 'start'],
  },
  {
    heading: 'Understanding',
    text: 'Questions by authors who saw neither the pages nor the examples that the search is trained on.',
    names: ['understanding'],
  },
  {
    heading: 'Soak',
    text: 'Whether memory stays flat, and what faults of Discord do.',
    names: ['soak', 'soak-faults'],
  },
  {
    heading: 'Simulation',
    text: '[Random histories of the whole bot on a virtual clock](decisions/019-simulation.md). What `npm run simulate` has found so far is fixed.',
    names: ['simulation'],
  },
  {
    heading: 'The smallest host',
    text: '[Decision 18](decisions/018-smallest-host.md) says what follows from it.',
    names: ['host'],
  },
];
const REST = { heading: 'Other figures', text: 'Parts of the bot, each by itself.' };

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The page as Markdown. Figures of no section are at its end. @param figures by name */
export function figuresPage(figures: ReadonlyMap<string, Figure>): string {
  const placed = new Set(SECTIONS.flatMap(({ names }) => names));
  const rest: Section = { ...REST, names: [...figures.keys()].filter((name) => !placed.has(name)) };
  const sections = [...SECTIONS, rest].flatMap(({ heading, text, names }) => {
    const present = names.map((name) => figures.get(name)).filter((figure) => figure !== undefined);
    return present.length === 0 ? [] : [`## ${heading}`, text, ...present.flatMap(figureParts)];
  });
  return `${[INTRODUCTION.trimEnd(), ...sections].join('\n\n')}\n`;
}

function figureParts(figure: Figure): string[] {
  const tables = figure.tables.flatMap((table) => {
    const lines = [table.columns, table.columns.map(() => '---'), ...table.rows].map((cells) => lineOf(cells));
    return [`### ${table.title}`, sourceOf(figure), lines.join('\n'), ...(table.notes ?? [])];
  });
  const found = figure.found?.map((sentence) => `- ${sentence}`).join('\n');
  return found === undefined ? tables : [...tables, '### What it found', found];
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The command, the version, the machine and the date. */
function sourceOf({ command, version, machine, date }: Figure): string {
  const { cpu, cores, memoryGiB, node } = machine;
  const processor = cpu === undefined ? `${cores} cores` : `${cores} × ${cpu}`;
  const memory = memoryGiB === undefined ? '' : `, ${memoryGiB} GiB`;
  const [year, month, day] = date.split('-').map(Number);
  const written = `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
  return `\`${command}\`: Guidepost ${version}, ${processor}${memory}, Node ${node}, ${written}`;
}
