// `npm run bench [name …]`: what the bot costs, measured on this machine in one run.
import { measureAnswers } from './answers.ts';
import { measureInsights } from './insights.ts';
import { measurePins } from './pins.ts';
import { measureReplies } from './replies.ts';
import { measureStart } from './start.ts';

const MEASURES = {
  answers: measureAnswers,
  replies: measureReplies,
  start: measureStart,
  insights: measureInsights,
  pins: measurePins,
};

const wanted = process.argv.slice(2);
console.log('| what | measured |\n| --- | --- |');
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const [what, value] of await measure()) console.log(`| ${what} | ${value} |`);
}
process.exit(0);
