// Responding: the first answer, its deferred work, and what replaces "thinking…" in every case.
import { describe, expect, it } from 'vitest';
import { type Answer, messageBody, Refusal, say } from '../../src/discord/answer.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import type { Metrics } from '../../src/discord/metrics.ts';
import { createInteractionHandler } from '../../src/discord/responding.ts';
import { en } from '../../src/i18n/en.ts';
import { commandInteraction } from '../interactions.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { contextsWith, LEVEL, recordingLog } from './parts.ts';
import { createGate, type Respond, refusal, settle, stubRest } from './rest-stub.ts';

const interaction = commandInteraction('help');
const PATH = `/webhooks/${interaction.application_id}/${interaction.token}/messages/%40original`;
const text = (content: string) => messageBody({ content });
type Later = Parameters<typeof deferPrivately>[0];

function open(answer: Answer | (() => Promise<Answer>), respond?: Respond) {
  const stub = stubRest(respond);
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  /** What was counted: outcomes, and seconds until the first answer. */
  const outcomes: string[] = [];
  const seconds: number[] = [];
  const metrics: Metrics = {
    answered: (counted, outcome) => {
      expect(counted).toBe(interaction);
      outcomes.push(outcome);
    },
    answeredAfter: (given) => void seconds.push(given),
    signatureRefused: () => undefined,
    watch: () => undefined,
    show: async () => ({ text: '', contentType: '' }),
  };
  const router = typeof answer === 'function' ? answer : async () => answer;
  const handler = createInteractionHandler(router, { contexts: contextsWith(), rest: stub.rest, metrics, log, clock });
  const delivered: Answer[] = [];
  const respondTo = async (isDelivered = true, receivedAt = 0) => {
    const deliver = (one: Answer) => {
      delivered.push(one);
      return isDelivered;
    };
    await handler.respond(interaction, deliver, receivedAt);
  };
  /** Begins, and runs until it waits for a timer. */
  const begin = async (isDelivered = true, receivedAt = 0) => {
    let isOver = false;
    const responded = respondTo(isDelivered, receivedAt).finally(() => {
      isOver = true;
    });
    await settle();
    return { responded, isOver: () => isOver };
  };
  const advance = async (ms: number) => {
    await clock.advance(ms);
    await settle();
  };
  /** The texts that replaced "thinking…", in order. */
  const shown = () =>
    stub.requests
      .filter(({ method }) => method === 'PATCH')
      .map(({ body }) => (typeof body === 'object' && body && 'content' in body ? body.content : body));
  return { ...stub, clock, advance, logged, outcomes, seconds, handler, delivered, respond: respondTo, begin, shown };
}
const deferred = (later: Later, respond?: Respond) => open(deferPrivately(later), respond);

describe('an answer', () => {
  it('is delivered, timed and counted', async () => {
    const answer = say('text');
    const { respond, clock, delivered, outcomes, seconds, requests } = open(answer);
    await clock.advance(1500);
    await respond(true, 500);
    expect(delivered).toEqual([answer]);
    expect([outcomes, seconds, requests]).toEqual([['answered'], [1], []]);
  });

  it('counts as what it is', async () => {
    const { respond, outcomes } = open({ ...say('no'), outcome: 'refused' });
    await respond();
    expect(outcomes).toEqual(['refused']);
  });

  it('that Discord never got is not timed', async () => {
    const { respond, outcomes, seconds, requests } = open(say('text'));
    await respond(false);
    expect([outcomes, seconds, requests]).toEqual([['undelivered'], [], []]);
  });

  it('that cannot be made is logged', async () => {
    const { respond, logged, handler, advance } = open(() => Promise.reject(new Error('bug')));
    await respond();
    expect(logged).toMatchObject([{ level: LEVEL.error, msg: 'interaction failed after its first answer' }]);
    let isSettled = false;
    void handler.settled(1000).then(() => {
      isSettled = true;
    });
    await advance(0);
    expect(isSettled).toBe(true);
  });
});

describe('deferred work', () => {
  it('replaces “thinking…” with its result, with the token of the interaction alone', async () => {
    const { respond, requests, outcomes, seconds } = deferred(async () => text('done'));
    await respond();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'PATCH', path: PATH, body: text('done') });
    expect(requests[0]?.headers.authorization).toBeUndefined();
    expect([outcomes, seconds]).toEqual([['answered'], [0]]);
  });

  it('may have files', async () => {
    const files = [{ name: 'a.md', data: Buffer.from('file') }];
    const { respond, requests } = deferred(async () => ({ ...text('done'), files }));
    await respond();
    const form = requests[0]?.body;
    if (!(form instanceof FormData)) return expect.fail('files are sent as a form');
    expect(JSON.parse(String(form.get('payload_json')))).toEqual(text('done'));
    const file = form.get('files[0]');
    expect(file instanceof Blob && (await file.text())).toBe('file');
  });

  it('begins once the first answer is delivered', async () => {
    let begun = 0;
    const later: Later = async () => {
      begun += 1;
      return text('done');
    };
    const { respond } = deferred(later, ({ method }) => (method === 'GET' ? refusal(404) : undefined));
    await respond(false, -5000);
    expect(begun).toBe(0);
    await respond(true);
    expect(begun).toBe(1);
  });

  it('keeps the outcome of its answer', async () => {
    const { respond, outcomes } = open({ ...deferPrivately(async () => text('no')), outcome: 'refused' });
    await respond();
    expect(outcomes).toEqual(['refused']);
  });

  it.each([
    ['is refused', new Refusal('Not here.'), 'Not here.', 'refused'],
    ['fails', new Error('bug'), expect.stringContaining(en.error.bug('').slice(0, 40)), 'failed'],
  ])('that %s says so', async (_, error, message, outcome) => {
    const { respond, shown, outcomes } = deferred(() => Promise.reject(error));
    await respond();
    expect([shown(), outcomes]).toEqual([[message], [outcome]]);
  });

  it('that takes longer than ten minutes has failed', async () => {
    const { begin, advance, shown, outcomes, logged } = deferred(() => new Promise(() => undefined));
    const { responded } = await begin();
    await advance(599_999);
    expect(shown()).toEqual([]);
    await advance(1);
    await responded;
    expect(shown()).toEqual([expect.stringContaining(en.error.bug('').slice(0, 40))]);
    expect(outcomes).toEqual(['failed']);
    expect(logged[0]).toMatchObject({ level: LEVEL.error, err: { message: expect.stringContaining('600000 ms') } });
  });
});

describe('progress', () => {
  it('is shown before the result, never after it', async () => {
    let late: () => Promise<void> = async () => undefined;
    const { respond, shown } = deferred(async (progress) => {
      late = () => progress(text('late'));
      await progress(text('half'));
      return text('done');
    });
    await respond();
    await late();
    expect(shown()).toEqual(['half', 'done']);
  });

  it('does not hide a failure', async () => {
    let late: () => Promise<void> = async () => undefined;
    const { respond, shown } = deferred(async (progress) => {
      late = () => progress(text('late'));
      await progress(text('half'));
      throw new Refusal('no');
    });
    await respond();
    await late();
    expect(shown()).toEqual(['half', 'no']);
  });

  it('that Discord refuses does not end the work', async () => {
    let isFirst = true;
    const respondTo: Respond = () => {
      if (!isFirst) return undefined;
      isFirst = false;
      return refusal(400, 50_035);
    };
    const { respond, shown, outcomes } = deferred(async (progress) => {
      await progress(text('half'));
      return text('done');
    }, respondTo);
    await respond();
    expect([shown(), outcomes]).toEqual([['half', 'done'], ['answered']]);
  });

  it('is not shown after a stop', async () => {
    const gate = createGate();
    const { begin, handler, shown } = deferred(async (progress) => {
      await gate.opened;
      await progress(text('half'));
      return new Promise(() => undefined);
    });
    await begin();
    await handler.close(500);
    gate.open();
    await settle();
    expect(shown()).toEqual([en.error.restarting]);
  });
});

describe('a result', () => {
  it('that Discord refuses becomes a text that says so', async () => {
    const respondTo: Respond = ({ body }) =>
      JSON.stringify(body).includes('"done"') ? refusal(400, 50_035) : undefined;
    const { respond, shown, outcomes, logged } = deferred(async () => text('done'), respondTo);
    await respond();
    expect(shown()).toEqual(['done', en.error.notShown]);
    expect(outcomes).toEqual(['failed']);
    expect(logged).toMatchObject([{ level: LEVEL.warn, kind: interaction.type, msg: 'deferred answer failed' }]);
  });

  it('is tried again after 1, 5, 25 and 125 seconds while Discord fails', async () => {
    const { begin, advance, shown, outcomes } = deferred(
      async () => text('done'),
      () => refusal(503),
    );
    const { responded, isOver } = await begin();
    for (const [tries, pauseMs] of [1000, 5000, 25_000, 125_000].entries()) {
      expect(shown()).toHaveLength(tries + 1);
      await advance(pauseMs - 1);
      expect(shown()).toHaveLength(tries + 1);
      expect(isOver()).toBe(false);
      await advance(1);
    }
    await responded;
    expect(shown()).toEqual(Array(5).fill('done'));
    expect(outcomes).toEqual(['failed']);
  });

  it('that Discord takes at the second try counts as shown', async () => {
    let isDown = true;
    const { begin, advance, shown, outcomes } = deferred(
      async () => text('done'),
      () => (isDown ? refusal(500) : undefined),
    );
    const { responded } = await begin();
    isDown = false;
    await advance(1000);
    await responded;
    expect([shown(), outcomes]).toEqual([['done', 'done'], ['answered']]);
  });

  it.each([
    ['has expired', refusal(401, 50_027)],
    ['is of a deleted message', refusal(404, 10_008)],
  ])('is given up if the token %s', async (_, refused) => {
    const { respond, shown, outcomes, clock } = deferred(
      async () => text('done'),
      () => refused,
    );
    await respond();
    expect([shown(), outcomes]).toEqual([['done'], ['failed']]);
    expect(clock.pending()).toBe(0);
  });

  it('waits while Discord does not know the first answer yet, and then counts as shown', async () => {
    let unknown = 2;
    const { begin, advance, shown, outcomes } = deferred(
      async () => text('done'),
      () => (unknown-- > 0 ? refusal(404, 10_015) : undefined),
    );
    const { responded } = await begin();
    await advance(49);
    expect(shown()).toHaveLength(1);
    await advance(1);
    expect(shown()).toHaveLength(2);
    await advance(100);
    await responded;
    expect(shown()).toHaveLength(3);
    expect(outcomes).toEqual(['answered']);
  });

  it('is given up after 3.15 seconds if Discord never knows the first answer', async () => {
    const { begin, advance, shown, outcomes } = deferred(
      async () => text('done'),
      () => refusal(404, 10_015),
    );
    const { responded } = await begin();
    for (const pauseMs of [50, 100, 200, 400, 800]) await advance(pauseMs);
    expect(shown()).toHaveLength(6);
    await advance(1599);
    expect(shown()).toHaveLength(6);
    await advance(1);
    await responded;
    expect(shown()).toHaveLength(7);
    expect(outcomes).toEqual(['failed']);
  });
});

describe('a deferral that Discord did not confirm', () => {
  const answers = (...statuses: number[]): Respond => {
    const left = [...statuses];
    return ({ method }) => (method === 'GET' ? refusal(left.shift() ?? 404) : undefined);
  };

  it('is finished if Discord shows it', async () => {
    const { respond, lines, requests, outcomes, seconds } = deferred(async () => text('done'), answers(200));
    await respond(false);
    expect(lines()).toEqual([`GET ${PATH}`, `PATCH ${PATH}`]);
    expect(requests[0]?.headers.authorization).toBeUndefined();
    expect([outcomes, seconds]).toEqual([['answered'], [0]]);
  });

  it('is requested again when Discord has decided, 4.5 seconds after the interaction came', async () => {
    const { begin, advance, lines, outcomes, seconds } = deferred(async () => text('done'), answers(404, 200));
    const { responded } = await begin(false, -1000);
    await advance(3499);
    expect(lines()).toHaveLength(1);
    await advance(1);
    await responded;
    expect(lines()).toEqual([`GET ${PATH}`, `GET ${PATH}`, `PATCH ${PATH}`]);
    expect([outcomes, seconds]).toEqual([['answered'], [4.5]]);
  });

  it('is given up if Discord does not show it then', async () => {
    const { begin, advance, lines, outcomes, seconds } = deferred(async () => text('done'), answers(404, 404));
    const { responded } = await begin(false);
    await advance(4500);
    await responded;
    expect(lines()).toHaveLength(2);
    expect([outcomes, seconds]).toEqual([['undelivered'], []]);
  });

  it('is requested once if Discord has decided already', async () => {
    const { respond, lines, outcomes } = deferred(async () => text('done'), answers(404, 200));
    await respond(false, -4500);
    expect([lines(), outcomes]).toEqual([[`GET ${PATH}`], ['undelivered']]);
  });
});

describe('a stop', () => {
  it('waits for open interactions', async () => {
    const gate = createGate();
    const { begin, handler, advance } = open(() => gate.opened.then(() => say('text')));
    await begin();
    let isSettled = false;
    const settled = handler.settled(1000).then(() => {
      isSettled = true;
    });
    await advance(500);
    expect(isSettled).toBe(false);
    gate.open();
    await settle();
    await advance(10);
    await settled;
    expect(isSettled).toBe(true);
  });

  it('waits for a given time only', async () => {
    const { begin, handler, clock } = open(() => new Promise(() => undefined));
    await begin();
    let isSettled = false;
    const settled = handler.settled(1000).then(() => {
      isSettled = true;
    });
    await clock.advance(990);
    await settle();
    expect(isSettled).toBe(false);
    await clock.advance(10);
    await settled;
  });

  it('asks people to try again whose work is not done', async () => {
    const gate = createGate();
    const { begin, handler, shown, requests } = deferred(() => gate.opened.then(() => text('done')));
    await begin();
    await handler.close(500);
    expect(shown()).toEqual([en.error.restarting]);
    expect(requests[0]?.path).toBe(PATH);
  });

  it('does not wait longer than it may', async () => {
    const { begin, handler, advance } = deferred(
      () => new Promise(() => undefined),
      () => new Promise(() => undefined),
    );
    await begin();
    let isClosed = false;
    const closing = handler.close(500).then(() => {
      isClosed = true;
    });
    await advance(499);
    expect(isClosed).toBe(false);
    await advance(1);
    await closing;
  });

  it('waits for a result that is being sent, and does not replace it', async () => {
    const gate = createGate();
    const { begin, handler, shown } = deferred(
      async () => text('done'),
      () => gate.opened.then(() => undefined),
    );
    const { responded } = await begin();
    let isClosed = false;
    const closing = handler.close(500).then(() => {
      isClosed = true;
    });
    await settle();
    expect(isClosed).toBe(false);
    gate.open();
    await Promise.all([closing, responded]);
    expect(shown()).toEqual(['done']);
  });

  it('tries a result once more that Discord did not take before', async () => {
    let isDown = true;
    const { begin, handler, shown, outcomes } = deferred(
      async () => text('done'),
      () => (isDown ? refusal(503) : undefined),
    );
    const { responded } = await begin();
    isDown = false;
    await handler.close(500);
    await responded;
    expect([shown(), outcomes]).toEqual([['done', 'done'], ['answered']]);
  });

  it('says that the result is not shown if Discord fails again, and then gives up', async () => {
    const { begin, handler, shown, outcomes, clock } = deferred(
      async () => text('done'),
      () => refusal(503),
    );
    const { responded } = await begin();
    await handler.close(500);
    await responded;
    expect([shown(), outcomes]).toEqual([['done', 'done', en.error.notShown], ['failed']]);
    expect(clock.pending()).toBe(0);
  });

  it('has nothing to do without open work', async () => {
    const { respond, handler, requests } = open(say('text'));
    await respond();
    await handler.close(500);
    expect(requests).toEqual([]);
  });
});
