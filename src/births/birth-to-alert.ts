import type { NewbornState } from '../../workflows/birth-transfer/contract';

/** A birth that has no alert yet, with what routing needs to know of the mother's plan. */
export interface BirthToAlert {
  readonly newbornId: string;
  readonly planId: string;
  readonly authority: string;
  readonly nhsNumber: string;
  readonly state: NewbornState;
  readonly motherWasClosed: boolean;
  readonly dueAt: Date;
  readonly workerRef: string | null;
  readonly teamRef: string | null;
}

/** Those of one unborn plan, or those whose alert is due by then. */
export type WhichBirths = { readonly planId: string } | { readonly by: Date };
