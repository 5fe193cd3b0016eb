// Times in requests (Discord docs, API Reference, ISO8601 Date/Time).

/** A date, with or without a time, a fraction and an offset. Date.parse alone takes other forms too. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** Whether Discord reads a text as a time. */
export const isIsoTime = (text: string): boolean => ISO_8601.test(text) && !Number.isNaN(Date.parse(text));

/** Discord's message for any other text. */
export const notIsoTime = (text: string): string => `Could not parse ${text}. Should be ISO8601.`;
