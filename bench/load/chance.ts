/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export type Chance = () => number;

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A whole number in [0, below). */
export const wholeBelow = (chance: Chance, below: number): number => Math.floor(chance() * below);

/** The gap to the next arrival, milliseconds: people come independently of each other (exponential gaps). */
export const gapMs = (chance: Chance, ratePerSecond: number): number =>
  (-Math.log(1 - chance()) * 1000) / ratePerSecond;
