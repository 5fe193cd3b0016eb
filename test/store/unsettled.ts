// A promise that a test settles when it wants to.

export interface Unsettled<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function unsettled<T>(): Unsettled<T> {
  let resolve: Unsettled<T>['resolve'] = () => undefined;
  let reject: Unsettled<T>['reject'] = () => undefined;
  const promise = new Promise<T>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}
