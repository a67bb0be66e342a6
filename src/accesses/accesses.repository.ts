import { Injectable } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { CheckPool } from './check-pool';
import { answeredStatement, checkStatement } from './check-statement';

/** A check as it is stored; everything that decides was decided before. */
export interface CheckToStore {
  /** 128 bits of a hash of client and request id, as a UUID: one request is one access. */
  readonly id: string;
  readonly at: Date;
  readonly today: string;
  readonly nhsNumber: string;
  readonly silent: boolean;
  readonly kind: 'unscheduled' | 'scheduled';
  readonly organisation: string;
  readonly setting: string;
  readonly clinician: { readonly id: string; readonly name: string; readonly role: string };
  readonly client: string;
  /** 128 bits of a hash of what was asked, as a UUID. */
  readonly bodyHash: string;
  readonly flags: readonly string[];
}

export interface FoundPlan {
  readonly type: 'CPP' | 'LAC' | 'UCPP';
  readonly state: 'active' | 'ended' | 'expired-unresolved';
  readonly start: string;
  readonly end: string | null;
  readonly expectedDeliveryDate: string | null;
  readonly gss: string;
  readonly authority: string;
  readonly emergencyPhone: string;
  readonly officePhone: string | null;
}
export interface FoundAccess {
  readonly at: string;
  readonly clinicianId: string;
  readonly clinicianName: string;
  readonly clinicianRole: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly setting: string;
}
export type FoundAuthority = Pick<FoundPlan, 'gss' | 'authority' | 'emergencyPhone' | 'officePhone'>;
/** Null when nothing was found. `awaiting`: authorities that have not answered for a newborn; absent when there are none. */
export type Detail = {
  readonly plans: readonly FoundPlan[];
  readonly accesses: readonly FoundAccess[];
  readonly awaiting?: readonly FoundAuthority[];
} | null;
export type Answer = 'plan' | 'awaiting-authority' | 'ended' | 'no-plan';
/** What a check found. */
export interface Found {
  readonly answer: Answer;
  readonly detail: Detail;
}

export interface Answered {
  readonly id: string;
  readonly at: Date;
  readonly answer: Answer;
  readonly kind: 'unscheduled' | 'scheduled';
  readonly silent: boolean;
  readonly flags: readonly string[] | null;
  readonly detail: Detail;
}

@Injectable()
export class AccessesRepository {
  constructor(private readonly checks: CheckPool) {}

  /** One statement, answered after its commit; undefined when the request id was used: then nothing was stored. */
  async store(check: CheckToStore): Promise<Found | undefined> {
    try {
      return await this.run(check);
    } catch (error) {
      if (error instanceof DatabaseError && error.constraint === 'check_request_pkey') return undefined;
      throw error;
    }
  }

  private async run(check: CheckToStore): Promise<Found> {
    const { rows } = await this.checks.pool.query<Found>({
      name: 'check',
      text: checkStatement,
      values: [
        check.id,
        check.at,
        check.today,
        check.nhsNumber,
        check.silent,
        check.kind,
        check.organisation,
        check.setting,
        check.clinician.id,
        check.clinician.name,
        check.clinician.role,
        check.client,
        check.bodyHash,
        check.flags.length > 0 ? check.flags : null,
      ],
    });
    const [row] = rows;
    if (!row) throw new Error('the check statement gave no row');
    return row;
  }

  /** What was answered before under this request id; undefined when there is none. */
  async findAnswered({ id, bodyHash }: CheckToStore): Promise<(Answered & { same_body: boolean }) | undefined> {
    const { rows } = await this.checks.pool.query<Answered & { same_body: boolean }>({
      name: 'answered',
      text: answeredStatement,
      values: [id, bodyHash],
    });
    return rows[0];
  }
}
