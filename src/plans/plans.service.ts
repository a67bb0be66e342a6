import { Injectable } from '@nestjs/common';
import { AuthoritiesService } from '../authorities/authorities.service';
import { PeopleService } from '../people/people.service';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { scopeOf } from '../platform/sign-in/scope';
import type { MergeOutcome, MergeSource } from './merge-source';
import { MergingRepository, type Follower } from './merging.repository';
import type { PlanMerge } from './plan-merge';
import { planViewOf, stateOf } from './plan-view';
import { PlansRepository, type StoredPlan } from './plans.repository';
import { fieldOf, rowOf, type PlanBody, type PlanSupplied, type PlanView } from './plans.schema';
import { rowJudge, type JudgedRow, type RowJudge } from './row-judge';
import type { PlanColumn } from './supplied-plan';

export interface SuppliedFile {
  readonly id: string;
  /** GSS code. */
  readonly authority: string;
  readonly sequence: number;
  readonly receivedBy: string;
}

/**
 * The plans of the authorities: what they supply, one by one or in files.
 * Promises: a plan is in sight of checks when its row is committed, with its history and what its process is told.
 * Never: changes a plan outside a merge, and never deletes one.
 */
@Injectable()
export class PlansService {
  constructor(
    private readonly repository: PlansRepository,
    private readonly merging: MergingRepository,
    private readonly authorities: AuthoritiesService,
    private readonly people: PeopleService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Records or amends one plan. Rejects with `not-found`, `authority-not-ready`, `plan-refused` naming the field. */
  async supply(caller: Caller, gss: string, localId: string, body: PlanBody): Promise<PlanSupplied> {
    const authority = scopeOf(caller, gss);
    await this.authorities.getReady(authority);
    const judge = await this.judgeFor(authority);
    const judged = judge(rowOf(localId, body), 1);
    if (!judged.plan) throw refusal(judged);
    const merged = await this.merging.merge(this.sourceOf(authority, caller.id), async (merge) => {
      await merge.stage([judged]);
      return { outcome: await merge.apply({}), message: (await merge.answerOf(1)) ?? '' };
    });
    const plan = await this.find(authority, judged.localId);
    const asked = merged.message.slice(judged.message?.length ?? 0).trim();
    return {
      localId: plan.localId,
      code: 'CPR06',
      field: null,
      message: 'Loaded; the number is not yet traced.',
      warnings: asked === '' ? [...judged.warnings] : [...judged.warnings, asked],
      effect: effectOf(merged.outcome),
      version: plan.version,
      state: stateOf(plan),
    };
  }

  /** With its whole history. Rejects with `plan-not-found`. */
  async get(caller: Caller, gss: string, localId: string): Promise<PlanView> {
    const plan = await this.find(scopeOf(caller, gss), localId);
    return planViewOf(plan, await this.repository.findEvents(plan));
  }

  /**
   * Merges a file of this authority in one transaction, or nothing of it when `work` rejects. Returns false without
   * calling it when another process is changing this authority's plans.
   */
  async mergeFile(file: SuppliedFile, work: (merge: PlanMerge, judge: RowJudge) => Promise<boolean>): Promise<boolean> {
    const judge = await this.judgeFor(file.authority);
    const source = { ...this.sourceOf(file.authority, file.receivedBy), upload: file };
    return (await this.merging.mergeIfFree(source, (merge) => work(merge, judge))) ?? false;
  }

  /** For nouns that come after plans: what must hold in the same transaction as a change of plans. */
  follow(follower: Follower): void {
    this.merging.follow(follower);
  }

  /** Judges rows of this authority by today's rules and people. */
  private async judgeFor(authority: string): Promise<RowJudge> {
    const rules = { today: this.clock.today(), testNumbersAllowed: !this.config.production };
    return rowJudge(rules, await this.people.directory(authority));
  }

  private sourceOf(authority: string, by: string): MergeSource {
    return { authority, by, at: this.clock.instant(), today: this.clock.today() };
  }

  private async find(authority: string, localId: string): Promise<StoredPlan> {
    const plan = await this.repository.findByLocalId(authority, localId, this.clock.today());
    if (!plan) throw new Problem('plan-not-found');
    return plan;
  }
}

function refusal({ code, field, message }: JudgedRow): Problem {
  const named = fieldOf(field as PlanColumn);
  const said = message ?? '';
  return new Problem('plan-refused', { detail: `${code}: ${said}`, errors: [{ field: named, message: said }] });
}

function effectOf({ recorded, amended, ended }: MergeOutcome): PlanSupplied['effect'] {
  if (recorded > 0) return 'recorded';
  if (ended > 0) return 'ended';
  return amended > 0 ? 'amended' : 'unchanged';
}
