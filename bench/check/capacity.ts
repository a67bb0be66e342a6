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

/**
 * The highest rate that holds, sought from a guess in steps of `factor`: upwards while it holds, else downwards until
 * it does. Undefined when none of the probes held.
 */
export const seek = async (
  probe: Probe,
  guess: number,
  factor: number,
  probes: number,
): Promise<number | undefined> => {
  let rate = guess;
  let best: number | undefined;
  for (let left = probes; left > 0; left -= 1) {
    const held = await probe(rate);
    if (held) best = rate;
    if (held !== (best !== undefined)) return best;
    if (held && rate < guess) return best;
    rate = Math.round(held ? rate * factor : rate / factor);
  }
  return best;
};
