import { parseArgs } from 'node:util';
import { ClearError } from '../scripts/clear-error';

/** How a bench is run; everything has a default. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly pairs: number;
  /** Length of a measured window. */
  readonly seconds: number;
  /** Left out at the beginning of each window. */
  readonly dropSeconds: number;
  /** Checks a second at which the product and the bare handler are compared; half of what the product takes when left out. */
  readonly rate?: number | undefined;
  readonly seed: number;
  /** Windows that may be measured again because something disturbed them, in all. */
  readonly retries: number;
  /** Shares of the machine's processor time above which a window is thrown away. */
  readonly mostForeign: number;
  readonly mostSteal: number;
  /** No new pair begins after this. */
  readonly limitSeconds: number;
  readonly main?: string | undefined;
  readonly profileFolder?: string | undefined;
}

export const usage = `npm run bench -- check [options]
  --quick            about a minute: fewer and shorter windows than an honest comparison needs
  --json             the whole result as JSON on standard output
  --pairs N          pairs of windows (5; quick 2)
  --seconds N        length of a window (5; quick 3)
  --rate N           checks a second for product and bare handler (half of what the product takes)
  --seed N           repeats the same people and arrivals
  --retries N        windows measured again after a disturbance, in all (12; quick 3)
  --foreign PERCENT  most processor time of strangers (10)
  --steal PERCENT    most processor time that the host took away (2)
  --limit SECONDS    begins no new pair after this (300; quick 75)
  --main FILE        main.js of another build
  --cpu-prof FOLDER  profiles the web process and says where its time goes`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** @throws ClearError that names the option, with the usage. */
export const readOptions = (args: readonly string[]): BenchOptions => {
  const { values } = parsed(args);
  const number = (name: keyof typeof values, usual: number): number => {
    const value = Number(values[name] ?? usual);
    if (Number.isFinite(value) && value >= 0) return value;
    throw new ClearError(`--${name} needs a number.\n${usage}`);
  };
  const { quick, json, main, 'cpu-prof': profileFolder } = values;
  return {
    quick,
    json,
    main,
    profileFolder,
    pairs: Math.max(1, number('pairs', quick ? 2 : 5)),
    seconds: Math.max(1, number('seconds', quick ? 3 : 5)),
    dropSeconds: quick ? 0.7 : 1,
    rate: values.rate === undefined ? undefined : number('rate', 0),
    seed: number('seed', Math.floor(Math.random() * 1_000_000)),
    retries: number('retries', quick ? 3 : 12),
    mostForeign: number('foreign', 10) / 100,
    mostSteal: number('steal', 2) / 100,
    limitSeconds: number('limit', quick ? 75 : 300),
  };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: flag,
        json: flag,
        pairs: text,
        seconds: text,
        rate: text,
        seed: text,
        retries: text,
        foreign: text,
        steal: text,
        limit: text,
        main: text,
        'cpu-prof': text,
      },
    });
  } catch (error) {
    throw new ClearError(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
};
