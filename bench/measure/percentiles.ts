/** The p-th percentile (0–100, nearest rank) of numbers in any order; NaN when there are none. */
export const percentile = (values: ArrayLike<number>, p: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
};

/** How long things took, milliseconds. */
export interface Tail {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export const tailOf = (latenciesMs: ArrayLike<number>): Tail => ({
  p50: percentile(latenciesMs, 50),
  p99: percentile(latenciesMs, 99),
  p999: percentile(latenciesMs, 99.9),
});
