import type { Say } from './stage';
import { seek } from './capacity';
import { longestP99Ms } from './goals';
import type { Measured, Measuring, Side } from './measured';
import type { BenchOptions } from '../options';
import type { StatementRun } from '../variants/pgbench';
import type { Spent } from '../measure/machine';
import type { Stage } from './stage';
