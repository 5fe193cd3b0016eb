// Spanish: every sentence that is the bot's own, in neutral Latin American Spanish.
import { commands } from './es/commands.ts';
import { insights } from './es/insights.ts';
import { members } from './es/members.ts';
import { pins } from './es/pins.ts';
import { replies } from './es/replies.ts';
import { servers } from './es/servers.ts';
import type { Messages } from './messages.ts';

export const es: Messages = { ...members, ...commands, ...replies, ...pins, ...insights, ...servers };
