/** What the load generator is told to do: one window of open-loop load. */
export interface Order {
  readonly port: number;
  readonly path: string;
  /** Bearer tokens: of the system that alerts, and of the one that reads silently. */
  readonly tokens: { readonly alerting: string; readonly silent: string };
  readonly ratePerSecond: number;
  /** Left out of every figure. */
  readonly dropSeconds: number;
  readonly seconds: number;
  readonly seed: number;
  /** Where to write down what was answered; left out for the variants. */
  readonly oracleFile?: string;
}

/** What the load generator saw in the window, without its first seconds. */
export interface Seen {
  /** Checks that were due in the window. */
  readonly offered: number;
  /** Those of them that were answered 200. */
  readonly answered: number;
  /** Answers that came while the window was open. */
  readonly answeredInTime: number;
  /** Everything else, by status or error. */
  readonly failures: Readonly<Record<string, number>>;
  /** From the intended send to the last byte, milliseconds, of every check that was answered 200. */
  readonly latenciesMs: Float64Array;
  /** How late the generator itself sent, 99th percentile, milliseconds. */
  readonly sendLagP99Ms: number;
}

export type FromGenerator =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begins' }
  | { readonly kind: 'ends' }
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'failed'; readonly message: string };
