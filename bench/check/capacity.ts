/** Tries one rate (checks a second): does it hold? */
export type Probe = (ratePerSecond: number) => Promise<boolean>;

const mostSteps = 12;

/** Climbs from a rate by a factor until one does not hold. `holds` is 0 when the first one did not. */
export const climb = async (
  probe: Probe,
  from: number,
  factor: number,
): Promise<{ readonly holds: number; readonly fails: number }> => {
  let holds = 0;
  let rate = from;
  for (let step = 0; step < mostSteps && (await probe(rate)); step += 1) {
    holds = rate;
    rate = Math.round(rate * factor);
  }
  return { holds, fails: rate };
};

/** Where a search ended: the highest rate that held, if one did, and where the next search should begin. */
export interface Sought {
  readonly holds: number | undefined;
  readonly next: number;
}

const stride = 1.15;
/** Nearer than this nothing can be told apart. */
const closeEnough = 1.03;

/** Seeks the highest rate that holds with so many probes: strides up or down until it lies between two, then halves. */
export const seek = async (probe: Probe, guess: number, probes: number): Promise<Sought> => {
  let rate = guess;
  let holds: number | undefined;
  let fails: number | undefined;
  for (let left = probes; left > 0; left -= 1) {
    if (await probe(rate)) holds = rate;
    else fails = rate;
    if (holds !== undefined && fails !== undefined && fails / holds < closeEnough) break;
    rate = nextRate(holds, fails);
  }
  return { holds, next: holds ?? rate };
};

const nextRate = (holds: number | undefined, fails: number | undefined): number => {
  if (holds === undefined) return Math.round((fails ?? 0) / stride);
  return Math.round(fails === undefined ? holds * stride : Math.sqrt(holds * fails));
};
