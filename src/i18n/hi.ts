// Hindi: every sentence that is the bot's own.
import { commands } from './hi/commands.ts';
import { insights } from './hi/insights.ts';
import { members } from './hi/members.ts';
import { pins } from './hi/pins.ts';
import { replies } from './hi/replies.ts';
import { servers } from './hi/servers.ts';
import type { Messages } from './messages.ts';

export const hi: Messages = { ...members, ...commands, ...replies, ...pins, ...insights, ...servers };
