// The example alerts: a rule file that Prometheus accepts, about metrics that a running bot has.
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createHeldClock } from './held-clock.ts';
import { until, useWorld } from './world.ts';

const DURATION = z.string().regex(/^\d+[smhd]$/);
/** The fields of an alert (Prometheus docs, "Recording rules", "<rule>"). Prometheus refuses others. */
const rule = z.strictObject({
  alert: z.string().regex(/^[A-Z]\w+$/),
  expr: z.string(),
  for: DURATION.optional(),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string() }),
});
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })).min(1),
});
const read = () =>
  ruleFile.parse(parse(readFileSync('deploy/alerts.yml', 'utf8'))).groups.flatMap(({ rules }) => rules);

interface Selector {
  readonly metric: string;
  /** Values that must exist, by label. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** What an expression selects. @throws if it is not PromQL */
function selectorsIn(expr: string): Selector[] {
  const found: { metric: string; labels: Map<string, string[]> }[] = [];
  parser
    .configure({ strict: true })
    .parse(expr)
    .iterate({
      enter({ name, from, to, node }) {
        if (name === 'VectorSelector') {
          const metric = node.getChild('Identifier');
          found.push({ metric: metric ? expr.slice(metric.from, metric.to) : '', labels: new Map() });
        }
        if (name !== 'UnquotedLabelMatcher') return;
        const [, label = '', value = ''] = /^(\w+)\s*=~?\s*"(.*)"$/.exec(expr.slice(from, to)) ?? [];
        found.at(-1)?.labels.set(label, value.split('|'));
      },
    });
  return found;
}

describe('the example alerts', () => {
  const held = createHeldClock();
  const world = useWorld({ PORT: '0' }, { clock: held.clock });
  const scrape = async () => (await fetch(`${world.url()}/metrics`)).text();
  const untilExported = (what: RegExp) =>
    until(`${what} is exported`, async () => [await scrape()].find((text) => what.test(text)));
  /** Lets everything happen that an alert watches. Nobody waits for answers that do not arrive. */
  const scrapeAll = async (): Promise<string> => {
    world.discord.fail({ match: /callback$/, times: 1, status: 404, code: 10_062 });
    world.member.slash('help').catch(() => undefined);
    await untilExported(/outcome="undelivered"/);
    world.discord.fail({ match: /^PATCH \/webhooks\//, times: 1, status: 400, code: 50_035 });
    world.moderator.slash('insights').catch(() => undefined);
    await untilExported(/outcome="failed"/);
    held.runRareJobs();
    for (const job of ['membership', 'content']) await untilExported(new RegExp(`seconds\\{name="${job}"`));
    return untilExported(/seconds\{name="reminders"/);
  };

  it('have names of their own', () => {
    const names = read().map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  it('name metrics, labels and values that a running bot exports, in valid PromQL', async () => {
    const text = await scrapeAll();
    const lines = text.split('\n');
    const selectors = read().flatMap(({ expr }) => selectorsIn(expr));
    // The metric of Prometheus itself, with the name that the file gives to the bot.
    const own = selectors.filter(({ metric }) => metric !== 'up');
    expect(own.length).toBeGreaterThan(5);
    const missing = own.flatMap(({ metric, labels }) => {
      if (!lines.includes(`# TYPE ${metric} gauge`) && !lines.includes(`# TYPE ${metric} counter`)) return [metric];
      return [...labels].flatMap(([label, values]) =>
        values
          .filter(
            (value) => !lines.some((line) => line.startsWith(`${metric}{`) && line.includes(`${label}="${value}"`)),
          )
          .map((value) => `${metric}{${label}="${value}"}`),
      );
    });
    expect(missing).toEqual([]);
    expect(
      new Set(selectors.filter(({ metric }) => metric === 'up').map(({ labels }) => labels.get('job')?.[0])),
    ).toEqual(new Set(['guidepost']));
  });

  it('show labels in their sentences that their expressions keep', () => {
    for (const { expr, annotations } of read()) {
      const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      if (/\b(sum|max)\(/.test(expr) && !expr.includes('absent')) expect(shown).toEqual([]);
      const by = /by \(([\w, ]+)\)/.exec(expr)?.[1]?.split(', ');
      if (by) expect(by).toEqual(expect.arrayContaining(shown));
    }
  });
});
