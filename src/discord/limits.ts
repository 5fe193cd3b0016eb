// Discord's limits, in code points unless another unit is given.

/** Discord docs, Message resource, "Embed limits"; the total counts over all embeds of a message. */
export const EMBED_LIMITS = {
  author: 256,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  total: 6000,
} as const;

/** Discord docs, Message resource, "Create Message". */
export const MAX_CONTENT = 2000;

/** Discord docs, Component reference. */
export const COMPONENT_LIMITS = { rows: 5, buttonsInRow: 5, label: 80, url: 512, customId: 100, options: 25 } as const;

/** Discord docs, Application Commands, "Autocomplete". */
export const CHOICE_LIMITS = { count: 25, name: 100, value: 100 } as const;

/** Length as Discord counts it: code points without blanks at either end. */
export function codePoints(text: string): number {
  return [...text.trim()].length;
}

/** A text shortened to a number of code points; it then ends in an ellipsis. */
export function cut(text: string, limit: number): string {
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}
