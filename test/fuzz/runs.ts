// How long the fuzz tests run, and the texts that they type.
import fc from 'fast-check';

/** How often a property is tried. @param usual in `npm test`; FUZZ_RUNS replaces it for a longer search */
export const runs = (usual: number): { numRuns: number } => ({ numRuns: Number(process.env.FUZZ_RUNS) || usual });

/** For a whole property: what hangs is found by `WITHIN_MS`, and a long search may take hours. */
export const TIMEOUT_MS = process.env.FUZZ_RUNS ? 6 * 60 * 60 * 1000 : 60_000;
/** For a single input. It finds what hangs, on a busy machine too, and no slowness. */
export const WITHIN_MS = 5000;

/** What means something to Markdown, Discord, YAML, SQL, a path or JavaScript. */
const SIGNS =
  '\n,\r\n,\r,\t,\0,\u{feff},\u{2028},\u{200b},\u{202e},\u{d83d},\u{dc00},👩‍👩‍👧,é,ﷺ,# ,## ,## T {#abc},---,***,===,> ,> [!NOTE],- ,- [ ] ,1. ,```,````reply,~~~,`,*,__,||,~~,[a](https://example.org),[a](http://x),[^U26],[^1]: x,![a](b),<a>,<!-- ,&amp;,<@1>,<@&1>,<#1>,@everyone,@here,https://example.org/,{#x},{#x .outcome},~,^,:,.,w1:p:,w1:q:~abc~,e1:change:0:,n1:list:,a1:choose:,i1:write:,c1:cancel,r:,r:abcd1234,close-account#money,__proto__,constructor,toString,%00,../,\',",$1,$(x),|,\\'.split(
    ',',
  );

/** Any text of at most so many UTF-16 units: usual, odd, broken, or long. */
export function texts(max: number): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...SIGNS, ','),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'can i close my account',
      'second account',
      'refund',
      'money',
      'reopen it?',
      'a',
      ' ',
      'x'.repeat(90),
    ),
  );
  const long = fc
    .tuple(piece, fc.integer({ min: 1, max }))
    .map(([one, length]) => one.repeat(Math.ceil(length / Math.max(1, one.length))));
  const some = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  return fc.oneof({ arbitrary: some, weight: 5 }, { arbitrary: long, weight: 1 }).map((text) => text.slice(0, max));
}

/** What a change does, where (numbers of any size, to be taken modulo what is there), and what it puts there. */
export interface Change<How, Given> {
  readonly how: How;
  readonly at: number;
  readonly other: number;
  readonly given: Given;
}

/** One change or some, to be made one after the other. */
export function changes<How, Given>(
  hows: readonly How[],
  given: fc.Arbitrary<Given>,
  most: number,
): fc.Arbitrary<Change<How, Given>[]> {
  const change = fc.record({ how: fc.constantFrom(...hows), at: fc.nat(), other: fc.nat(), given });
  return fc.array(change, { minLength: 1, maxLength: most });
}

/** Ids as Discord makes them. */
export const snowflakes = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
