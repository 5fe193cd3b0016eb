// Brazilian Portuguese: every sentence that is the bot's own, with the keys of English.
import type { Messages } from './messages.ts';
import { commands } from './pt-BR/commands.ts';
import { insights } from './pt-BR/insights.ts';
import { members } from './pt-BR/members.ts';
import { pins } from './pt-BR/pins.ts';
import { replies } from './pt-BR/replies.ts';
import { servers } from './pt-BR/servers.ts';

export const ptBR: Messages = { ...members, ...commands, ...replies, ...pins, ...insights, ...servers };
