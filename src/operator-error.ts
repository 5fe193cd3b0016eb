// What only a person can fix: the process ends with exit code 2 and the message, which says what to do.

/** The message is one or more sentences for the operator. It never holds a token. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}
