/** A goal of performance.md: what must be (floor), what is wanted, what would be splendid. */
export interface Goal {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly floor: number;
  readonly goal: number;
  readonly stretch: number;
}

export type Reached = 'below the floor' | 'floor' | 'goal' | 'stretch';

export interface Verdict extends Goal {
  readonly value: number;
  readonly reached: Reached;
}

/** The longest time that a check may take for 99 in 100, milliseconds (G1, G4). */
export const longestP99Ms = 50;

export const goals = {
  g1: {
    id: 'G1',
    what: 'full check, highest rate with p99 ≤ 50 ms, against the bare statement with 16 clients',
    unit: '×',
    better: 'higher',
    floor: 0.12,
    goal: 0.2,
    stretch: 0.35,
  },
  g2: {
    id: 'G2',
    what: 'processor time of a full check, application and database, against bare node:http',
    unit: '×',
    better: 'lower',
    floor: 2,
    goal: 1.5,
    stretch: 1.25,
  },
  g4: { id: 'G4', what: 'p99 at 200 checks a second', unit: 'ms', better: 'lower', floor: 50, goal: 20, stretch: 10 },
  g7Wal: { id: 'G7', what: 'write-ahead log a check', unit: 'B', better: 'lower', floor: 600, goal: 450, stretch: 350 },
  g7Commits: { id: 'G7', what: 'commits a check', unit: '', better: 'lower', floor: 1, goal: 1, stretch: 1 },
  g7Trips: { id: 'G7', what: 'round trips a check', unit: '', better: 'lower', floor: 1, goal: 1, stretch: 1 },
} as const satisfies Record<string, Goal>;

/** Counts are shares of many checks, among which the product's own clocks tick a few times: they are compared as printed. */
const printedAs = ({ unit }: Goal, value: number): number => (unit === '' ? Math.round(value * 10) / 10 : value);

/** What was reached; a value that could not be measured is below the floor. */
export const verdictOn = (goal: Goal, value: number): Verdict => {
  const printed = printedAs(goal, value);
  const isAtLeast = (mark: number): boolean => (goal.better === 'higher' ? printed >= mark : printed <= mark);
  const reached = (['stretch', 'goal', 'floor'] as const).find((level) => isAtLeast(goal[level]));
  return { ...goal, value, reached: reached ?? 'below the floor' };
};

export const holds = ({ reached }: Verdict): boolean => reached !== 'below the floor';
