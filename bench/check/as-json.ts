import type { CheckResult } from './check-bench';
import { capacityRatios, cpuRatios, linesOf, verdictsOn } from './summary';

/** The whole result as JSON, without the latency of each single check. */
export const asJson = (result: CheckResult): string => {
  const summary = {
    lines: linesOf(result),
    capacityRatios: capacityRatios(result.rounds),
    cpuRatios: cpuRatios(result.rounds),
    verdicts: verdictsOn(result),
  };
  return JSON.stringify(
    { ...summary, ...result },
    (key, value: unknown) => (key === 'latenciesMs' ? undefined : value),
    2,
  );
};
