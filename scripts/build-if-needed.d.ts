/** Builds unless these sources are built already. Ends the process if that fails. @returns the URL of the build's folder */
export function buildIfNeeded(): string;
