/** Builds unless dist/ is as new as the sources. Ends the process where that fails. */
export function buildIfNeeded(): Promise<void>;
