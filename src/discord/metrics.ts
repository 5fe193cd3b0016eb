// The metrics of `GET /metrics`, in Prometheus' text format.
import { type REST, RESTEvents } from 'discord.js';
import { type APIInteraction, InteractionType } from 'discord-api-types/v10';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobProgress } from '../jobs.ts';
import type { Outcome } from './answer.ts';

export interface Metrics {
  /** Counts an interaction, after its deferred work. */
  answered(interaction: APIInteraction, outcome: Outcome | 'undelivered'): void;
  /** @param seconds from receiving an interaction until Discord had the first answer */
  answeredAfter(seconds: number): void;
  /** Counts a request to the interactions endpoint whose signature was refused. */
  signatureRefused(): void;
  /** Counts the requests outside first answers that Discord refuses or fails to answer. */
  watch(rest: REST): void;
  /** The metrics as text, and its content type. */
  show(): Promise<{ text: string; contentType: string }>;
}

/** What is read for each request of the metrics. */
interface MetricsState {
  contentVersion(): string;
  /** All background jobs that run. */
  jobs(): readonly JobProgress[];
  /** What is wrong now; empty if nothing is. */
  problems(): readonly string[];
}

/** In seconds. Answers should take less than 10 ms; Discord gives up after 3 s. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** The job whose backlog is `guidepost_pins_behind`, too. */
const PINS_JOB = 'pins';

/** @param commandNames the names that get their own label; others count as `other`, so that nobody can invent labels */
export function openMetrics(commandNames: () => ReadonlySet<string>, state: MetricsState): Metrics {
  const registry = new Registry();
  const registers = [registry];
  addStateGauges(registers, state);
  const updateJobs = addJobGauges(registers, state);
  const answers = new Counter({
    name: 'guidepost_answers_total',
    help: 'Interactions by command and outcome',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const latency = new Histogram({
    name: 'guidepost_answer_seconds',
    help: 'Time until Discord had the first answer',
    buckets: BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: 'guidepost_rest_errors_total',
    help: 'Requests to Discord that failed, by status',
    labelNames: ['status'],
    registers,
  });
  const refused = new Counter({
    name: 'guidepost_refused_signatures_total',
    help: 'Requests to the interactions endpoint whose signature was refused',
    registers,
  });
  return {
    answered: (interaction, outcome) => answers.inc({ command: labelOf(interaction, commandNames()), outcome }),
    answeredAfter: (seconds) => latency.observe(seconds),
    signatureRefused: () => refused.inc(),
    watch(rest) {
      rest.on(RESTEvents.Response, (_request, { status }) => {
        if (status >= 400) failures.inc({ status });
      });
    },
    async show() {
      await updateJobs();
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

/**
 * Adds the metrics of the background jobs. The names follow Prometheus' rules
 * (https://prometheus.io/docs/practices/naming/): the unit is the last word, and times are in seconds since 1970.
 * @returns a function that reads all jobs. Each is read once: the number of pins takes a query.
 */
function addJobGauges(registers: Registry[], { jobs }: MetricsState): () => Promise<void> {
  // Not `job`: Prometheus sets a label of that name itself.
  const labelNames = ['name'];
  const backlog = new Gauge({ name: 'guidepost_job_backlog', help: 'Work that waits', labelNames, registers });
  const lastSuccess = new Gauge({
    name: 'guidepost_job_last_success_seconds',
    help: 'When a background job last succeeded, in seconds since 1970',
    labelNames,
    registers,
  });
  const pinsBehind = new Gauge({
    name: 'guidepost_pins_behind',
    help: 'Pinned messages that do not show yet what they should',
    registers,
  });
  return async () => {
    const read = jobs().map(async (job) => ({ job, waiting: await job.backlog() }));
    for (const { job, waiting } of await Promise.all(read)) {
      setOrRemove(backlog, { name: job.name }, waiting);
      setOrRemove(lastSuccess, { name: job.name }, job.lastSuccess);
      if (job.name === PINS_JOB) setOrRemove(pinsBehind, {}, waiting);
    }
  };
}

/** Without a value there is no line: `reset` would report 0. */
function setOrRemove(gauge: Gauge, labels: Record<string, string>, value: number | undefined): void {
  if (value === undefined) gauge.remove(labels);
  else gauge.set(labels, value);
}

function addStateGauges(registers: Registry[], state: MetricsState): void {
  new Gauge({
    name: 'guidepost_problem',
    help: 'What is wrong now, as /healthz says it',
    labelNames: ['problem'],
    registers,
    collect() {
      this.reset();
      for (const problem of state.problems()) this.set({ problem }, 1);
    },
  });
  new Gauge({
    name: 'guidepost_content_info',
    help: 'The content that is served',
    labelNames: ['version'],
    registers,
    collect() {
      this.reset();
      this.set({ version: state.contentVersion() }, 1);
    },
  });
  new Gauge({
    name: 'guidepost_resident_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
}

function labelOf(interaction: APIInteraction, commandNames: ReadonlySet<string>): string {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete: {
      const name = interaction.data?.name ?? '';
      const suffix = interaction.type === InteractionType.ApplicationCommandAutocomplete ? ' completion' : '';
      return commandNames.has(name) ? `${name}${suffix}` : 'other';
    }
    case InteractionType.MessageComponent:
      return 'button';
    case InteractionType.ModalSubmit:
      return 'modal';
    default:
      return 'other';
  }
}
