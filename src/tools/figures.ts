// `npm run figures`: makes docs/figures.md from the stored figures.
import { writeFileSync } from 'node:fs';
import { FIGURES, readFigures } from '../figures/figure.ts';
import { figuresPage } from '../figures/page.ts';
import { OperatorError } from '../operator-error.ts';
import { fail } from './content-folder.ts';
import { showUsageOnHelp } from './usage.ts';

const PAGE = 'docs/figures.md';
const USAGE = `Usage:
  npm run figures
      Makes ${PAGE} from the figures in ${FIGURES}, which the benchmarks store with --store.`;

showUsageOnHelp(USAGE);
try {
  const figures = readFigures();
  writeFileSync(PAGE, figuresPage(figures));
  console.log(`${PAGE} is made from ${figures.size} figures in ${FIGURES}`);
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  fail(error.message);
}
