// An error that only the operator can fix: the process prints its message and exits with code 2.

/** The message is one or more sentences for the operator, without secrets. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}
