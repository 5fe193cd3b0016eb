// Ukrainian: every sentence that is the bot's own.
import type { Messages } from './messages.ts';
import { commands } from './uk/commands.ts';
import { insights } from './uk/insights.ts';
import { members } from './uk/members.ts';
import { pins } from './uk/pins.ts';
import { replies } from './uk/replies.ts';
import { servers } from './uk/servers.ts';

export const uk: Messages = { ...members, ...commands, ...replies, ...pins, ...insights, ...servers };
