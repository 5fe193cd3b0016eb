// `npm run bench`: what the bot costs, measured on this machine in one run.
import { measureAnswers } from './answers.ts';
import { measureStart } from './start.ts';

const lines = [...(await measureAnswers()), ...(await measureStart())];
console.log(`| what | measured |\n| --- | --- |\n${lines.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}`);
process.exit(0);
