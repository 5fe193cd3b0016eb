// The colours of embeds. They only repeat what the text says (alert names, "Did this help?"), and have no meaning of
// their own.

export const COLOR = { information: 0x3b82f6, warning: 0xf59e0b, outcome: 0x22c55e, plan: 0x8b5cf6 } as const;
