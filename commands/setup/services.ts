// The services that /setup needs.
import type { Clock } from '../../src/clock.ts';
import type { QuestionAnswering } from '../../src/discord/question-answering.ts';
import type { SettingsCache } from '../../src/servers/settings-cache.ts';
import type { PinServices } from '../faq-pin/services.ts';

export interface SetupServices extends PinServices {
  readonly settingsCache: SettingsCache;
  readonly answering: QuestionAnswering;
  readonly clock: Clock;
  /** Whether the bot hears of new posts: not over HTTP. */
  readonly hasGateway: boolean;
}
