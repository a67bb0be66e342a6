import type { PoolClient } from 'pg';

/** Who changes the plans of one authority, when, and with which file. */
export interface MergeSource {
  /** GSS code. */
  readonly authority: string;
  readonly at: Date;
  /** London day. */
  readonly today: string;
  readonly by: string;
  readonly upload?: { readonly id: string; readonly sequence: number };
}

/** The transaction of a merge (merging.repository.ts). */
export interface MergeRoom {
  readonly client: PoolClient;
  readonly source: MergeSource;
}

export interface MergeWay {
  /** What would end more plans than usual waits for a person: files alone. */
  readonly guarded?: boolean;
  /** Plans that are not mentioned are asked about. */
  readonly full?: boolean;
  /** A person or a rule decides, the authority did not send it: nothing that waits is replaced. */
  readonly decision?: boolean;
  /** The process knows already: nothing is told. */
  readonly untold?: boolean;
}

/** Rows by what they did. `same`: the row reads differently, the plan does not. */
export interface MergeOutcome {
  readonly recorded: number;
  readonly amended: number;
  readonly ended: number;
  readonly same: number;
  readonly held: number;
}
