import type { PlanColumn, PlanRow } from '../../src/plans/supplied-plan';

/** A row as an authority sends it, with named states: `aRow().unborn().due('2026-12-01')`. */
export class PlanRowBuilder {
  private constructor(private readonly row: PlanRow) {}

  static readonly plain = new PlanRowBuilder({
    local_id: 'LCS-1',
    plan_type: 'CPP',
    nhs_number: '9434765919',
    family_name: 'Testerby',
    given_name: 'Robin',
    birth_date: '2018-05-04',
    start_date: '2026-03-02',
    end_date: '',
    expected_delivery_date: '',
    worker_ref: 'W001',
    team_ref: 'T01',
    end_reason: '',
  });

  with(values: Partial<Record<PlanColumn, string>>): PlanRowBuilder {
    return new PlanRowBuilder({ ...this.row, ...values });
  }

  called(localId: string): PlanRowBuilder {
    return this.with({ local_id: localId });
  }

  under(nhsNumber: string): PlanRowBuilder {
    return this.with({ nhs_number: nhsNumber });
  }

  lookedAfter(): PlanRowBuilder {
    return this.with({ plan_type: 'LAC' });
  }

  /** Held under the mother, who is grown up. */
  unborn(): PlanRowBuilder {
    return this.with({ plan_type: 'UCPP', birth_date: '1996-02-29', expected_delivery_date: '2026-12-20' });
  }

  due(day: string): PlanRowBuilder {
    return this.with({ expected_delivery_date: day });
  }

  ended(day: string, reason = ''): PlanRowBuilder {
    return this.with({ end_date: day, end_reason: reason });
  }

  build(): PlanRow {
    return this.row;
  }
}

export const aRow = (): PlanRowBuilder => PlanRowBuilder.plain;
