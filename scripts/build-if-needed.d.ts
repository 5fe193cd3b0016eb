/** Builds unless these sources are built already. Ends the process where that fails. @returns the build's URL */
export function buildIfNeeded(): Promise<string>;
