// Counts the formats that are created for dates and numbers.

/** Runs something, and returns how many formats it created. */
export function formatsCreatedBy(act: () => void): number {
  let created = 0;
  const { NumberFormat, DateTimeFormat } = Intl;
  const counting = <T extends new (...given: never[]) => object>(format: T) =>
    new Proxy(format, {
      construct(...given) {
        created += 1;
        return Reflect.construct(...given);
      },
    });
  Object.assign(Intl, { NumberFormat: counting(NumberFormat), DateTimeFormat: counting(DateTimeFormat) });
  try {
    act();
  } finally {
    Object.assign(Intl, { NumberFormat, DateTimeFormat });
  }
  return created;
}
