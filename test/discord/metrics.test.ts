// Metrics: how interactions are labelled, and what is read for each request.
import { InteractionType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { openMetrics } from '../../src/discord/metrics.ts';
import type { JobProgress } from '../../src/jobs.ts';
import {
  autocompleteInteraction,
  commandInteraction,
  componentInteraction,
  messageCommandInteraction,
  modalInteraction,
} from '../interactions.ts';
import { altered } from './parts.ts';
import { refusal, stubRest } from './rest-stub.ts';

function open(names: readonly string[] = ['ask']) {
  const state = { version: 'v1', jobs: [] as JobProgress[], problems: [] as string[] };
  const metrics = openMetrics(() => new Set(names), {
    contentVersion: () => state.version,
    jobs: () => state.jobs,
    problems: () => state.problems,
  });
  /** The lines of one metric. */
  const shown = async (name: string) => {
    const { text } = await metrics.show();
    return text.split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
  };
  return { metrics, shown, state };
}

describe('an interaction', () => {
  it.each([
    [commandInteraction('ask'), 'ask'],
    [commandInteraction('invented'), 'other'],
    [messageCommandInteraction('ask', { id: '1' }), 'ask'],
    [autocompleteInteraction('ask', ['question', 'x']), 'ask completion'],
    [autocompleteInteraction('invented', ['question', 'x']), 'other'],
    [altered(commandInteraction('ask'), { data: undefined }), 'other'],
    [componentInteraction('ask'), 'button'],
    [modalInteraction('ask', {}), 'modal'],
    [altered(commandInteraction('ask'), { type: InteractionType.Ping }), 'other'],
  ])('is counted by its command and its outcome', async (interaction, command) => {
    const { metrics, shown } = open();
    metrics.answered(interaction, 'refused');
    metrics.answered(interaction, 'refused');
    expect(await shown('guidepost_answers_total')).toEqual([
      `guidepost_answers_total{command="${command}",outcome="refused"} 2`,
    ]);
  });

  it('is timed in seconds', async () => {
    const { metrics, shown } = open();
    metrics.answeredAfter(0.001);
    metrics.answeredAfter(2.5);
    const lines = await shown('guidepost_answer_seconds');
    const buckets = lines.filter((line) => line.includes('_bucket'));
    expect(buckets.map((line) => /le="([^"]+)"/.exec(line)?.[1])).toEqual([
      '0.001',
      '0.0025',
      '0.005',
      '0.01',
      '0.025',
      '0.05',
      '0.1',
      '0.25',
      '0.5',
      '1',
      '2',
      '3',
      '+Inf',
    ]);
    expect(buckets.map((line) => Number(line.split(' ')[1]))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
    expect(lines).toContain('guidepost_answer_seconds_count 2');
  });
});

it('refused signatures are counted', async () => {
  const { metrics, shown } = open();
  metrics.signatureRefused();
  expect(await shown('guidepost_refused_signatures_total')).toEqual(['guidepost_refused_signatures_total 1']);
});

it('requests that Discord refuses or fails to answer are counted by status', async () => {
  const { metrics, shown } = open();
  const statuses = [200, 399, 400, 503, 503];
  const { rest } = stubRest(() => refusal(statuses.shift() ?? 200));
  metrics.watch(rest);
  for (let i = 0; i < 5; i++) await rest.get('/gateway').catch(() => undefined);
  expect((await shown('guidepost_rest_errors_total')).sort()).toEqual([
    'guidepost_rest_errors_total{status="400"} 1',
    'guidepost_rest_errors_total{status="503"} 2',
  ]);
});

describe('the state', () => {
  it('has no number of pins while the database does not answer', async () => {
    const { shown, state } = open();
    let behind: number | undefined;
    state.jobs = [{ name: 'pins', backlog: async () => behind, lastSuccess: undefined }];
    expect(await shown('guidepost_pins_behind')).toEqual([]);
    behind = 3;
    expect(await shown('guidepost_pins_behind')).toEqual(['guidepost_pins_behind 3']);
    behind = undefined;
    expect(await shown('guidepost_pins_behind')).toEqual([]);
  });

  it('has the problems of now only', async () => {
    const { shown, state } = open();
    expect(await shown('guidepost_problem')).toEqual([]);
    state.problems = ['database', 'no gateway connection'];
    expect(await shown('guidepost_problem')).toEqual([
      'guidepost_problem{problem="database"} 1',
      'guidepost_problem{problem="no gateway connection"} 1',
    ]);
    state.problems = ['database'];
    expect(await shown('guidepost_problem')).toEqual(['guidepost_problem{problem="database"} 1']);
  });

  it('has the version of the content that is served now', async () => {
    const { shown, state } = open();
    expect(await shown('guidepost_content_info')).toEqual(['guidepost_content_info{version="v1"} 1']);
    state.version = 'v2';
    expect(await shown('guidepost_content_info')).toEqual(['guidepost_content_info{version="v2"} 1']);
  });

  it('has the memory of the process', async () => {
    const { shown, metrics } = open();
    const [line = ''] = await shown('guidepost_resident_bytes');
    expect(Number(line.split(' ')[1])).toBeGreaterThan(1_000_000);
    expect((await metrics.show()).contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});

describe('a background job', () => {
  it('has its backlog and the time of its last success, once it has them', async () => {
    const { shown, state } = open();
    state.jobs = [
      { name: 'a', backlog: () => 0, lastSuccess: undefined },
      { name: 'b', backlog: () => undefined, lastSuccess: 1_795_000_000.5 },
      { name: 'c', backlog: async () => 7, lastSuccess: 2 },
    ];
    expect(await shown('guidepost_job_backlog')).toEqual([
      'guidepost_job_backlog{name="a"} 0',
      'guidepost_job_backlog{name="c"} 7',
    ]);
    expect(await shown('guidepost_job_last_success_seconds')).toEqual([
      'guidepost_job_last_success_seconds{name="b"} 1795000000.5',
      'guidepost_job_last_success_seconds{name="c"} 2',
    ]);
  });

  it('is read once for each request, also the number of pins', async () => {
    const { metrics, state } = open();
    let reads = 0;
    const backlog = async () => ++reads;
    state.jobs = [{ name: 'pins', backlog, lastSuccess: undefined }];
    const { text } = await metrics.show();
    expect([reads, text.match(/^guidepost_(pins_behind|job_backlog\S*) 1$/gm)?.length]).toEqual([1, 2]);
  });
});
