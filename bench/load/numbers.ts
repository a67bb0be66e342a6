import { wholeBelow, type Chance } from './chance';

/**
 * The people of the bench: NHS numbers of the never-issued 999 range (domain 8). Every fourth base carries plans, the
 * three after it carry none, so that a number tells by itself what its check must find.
 */
export const firstBase = 999_000_000;
export const baseStep = 4;
/** Bases that may carry a plan: about one in eleven has no valid check digit. */
export const plannedBases = 237_200;

/** Ten digits, or undefined when the nine have no valid check digit (modulus 11). */
export const numberOf = (base: number): string | undefined => {
  const nine = String(base);
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(nine[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${nine}${check}`;
};

/** The number of the n-th planned base. */
export const plannedNumber = (n: number): string | undefined => numberOf(firstBase + n * baseStep);

const drawn = (draw: () => number): string => {
  for (;;) {
    const number = numberOf(draw());
    if (number !== undefined) return number;
  }
};

/** Somebody who has a plan. */
export const anyPlanned = (chance: Chance): string =>
  drawn(() => firstBase + wholeBelow(chance, plannedBases) * baseStep);

/** Somebody who has none. */
export const anyUnplanned = (chance: Chance): string =>
  drawn(() => firstBase + wholeBelow(chance, plannedBases) * baseStep + 1 + wholeBelow(chance, baseStep - 1));
