// The shape of the sentences: that of the English ones.
import type { en } from './en.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

/** What every language provides. */
export type Messages = Shape<typeof en>;
