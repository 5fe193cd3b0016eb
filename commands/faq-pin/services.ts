// The services that /faq-pin needs.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import type { LivingPins } from '../../src/discord/living-pins.ts';
import type { ContextSource } from '../../src/discord/render-context.ts';
import type { StatsRecorder } from '../../src/stats/recorder.ts';
import type { Store } from '../../src/store/store.ts';

export interface PinServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly pins: LivingPins;
  readonly stats: StatsRecorder;
  readonly rest: REST;
  readonly log: Logger;
}
