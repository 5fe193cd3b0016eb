// English: every sentence that is the bot's own. Other languages have the same keys.
import { commands } from './en/commands.ts';
import { insights } from './en/insights.ts';
import { members } from './en/members.ts';
import { pins } from './en/pins.ts';
import { replies } from './en/replies.ts';
import { servers } from './en/servers.ts';

/**
 * All sentences. What is about the subject is in the content's `subject.yaml`. A sentence names a command as `</faq>` or
 * `</faq-edit add>`, which becomes a mention (`command-mentions.ts`); in labels, titles and other texts in which Discord
 * shows no mentions, it is plain: `/faq`.
 */
export const en = { ...members, ...commands, ...replies, ...pins, ...insights, ...servers } as const;
