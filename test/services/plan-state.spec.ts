import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { addDays } from '../../workflows/dates.rules';
import {
  effectiveEnd,
  endReasons,
  lastDayAs17,
  visibilityOn,
  type PlanDates,
} from '../../workflows/child-plan/visibility.rules';
import { databaseForSuite, type SuiteDatabase } from '../support/postgres';

type Case = { readonly plan: PlanDates & { readonly birthDate: string }; readonly today: string };

/** Days around everything that a plan's windows hang on, leap years and the century included. */
const anyDay = fc
  .tuple(fc.integer({ min: 1990, max: 2032 }), fc.integer({ min: 0, max: 365 }))
  .map(([year, day]) => addDays(`${year}-01-01`, day));
const leapDay = fc.constantFrom('1996-02-29', '2000-02-29', '2004-02-29', '2008-02-29');
const plan: fc.Arbitrary<Case['plan']> = fc
  .record({
    type: fc.constantFrom('CPP', 'LAC', 'UCPP'),
    birthDate: fc.oneof(anyDay, leapDay),
    startDate: anyDay,
    endDate: fc.option(anyDay, { nil: undefined }),
    endReason: fc.option(fc.constantFrom(...endReasons), { nil: undefined }),
    due: anyDay,
  })
  .map(({ due, ...rest }) => ({ ...rest, ...(rest.type === 'UCPP' && { expectedDeliveryDate: due }) }) as Case['plan']);

/** The days on which something changes, and their neighbours. */
const edgesOf = (dates: Case['plan']): string[] => {
  const turns = [dates.endDate, dates.expectedDeliveryDate, effectiveEnd(dates), lastDayAs17(dates)].filter(
    (day) => day !== undefined,
  );
  return turns.flatMap((day) =>
    [0, 1, 28, 29, 30, 365, 366].flatMap((after) => [addDays(day, after - 1), addDays(day, after)]),
  );
};
const caseOf: fc.Arbitrary<Case> = plan.chain((dates) =>
  fc.record({ plan: fc.constant(dates), today: fc.oneof(anyDay, fc.constantFrom(...edgesOf(dates), dates.startDate)) }),
);

describe('the state of a plan in SQL', () => {
  let database: SuiteDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await databaseForSuite();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const inSql = async (cases: readonly Case[]): Promise<(string | null)[]> => {
    const given = cases.map(({ plan: { type, endDate, endReason, expectedDeliveryDate, birthDate }, today }) => ({
      type,
      end_date: endDate ?? null,
      end_reason: endReason ?? null,
      expected_delivery_date: expectedDeliveryDate ?? null,
      birth_date: birthDate,
      today,
    }));
    const { rows } = await client.query<{ state: string | null }>(
      `select plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, today) as state
       from jsonb_to_recordset($1::jsonb) as given(type text, end_date date, end_reason text, expected_delivery_date date,
         birth_date date, today date)`,
      [JSON.stringify(given)],
    );
    return rows.map(({ state }) => state);
  };

  it('is the rule’s, for every plan on every day', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(caseOf, { minLength: 100, maxLength: 200 }), async (cases) => {
        const byRule = cases.map((each) => visibilityOn(each.plan, each.today));
        for (const state of byRule) seen.set(state, (seen.get(state) ?? 0) + 1);
        expect((await inSql(cases)).map((state) => state ?? 'out-of-sight')).toEqual(byRule);
      }),
      { numRuns: 60 },
    );
    // a test that never sees a state proves nothing about it
    expect([...seen.keys()].sort()).toEqual(['active', 'ended', 'expired-unresolved', 'out-of-sight']);
    expect(Math.min(...seen.values())).toBeGreaterThan(50);
  });

  it('has the 18th birthday of the rule', async () => {
    const births = ['2008-02-29', '2008-02-28', '2008-03-01', '2007-12-31', '1999-01-01', '2004-02-29'];
    const { rows } = await client.query<{ last: string }>(
      `select (eighteenth_birthday(day::date) - 1)::text as last from unnest($1::text[]) with ordinality as b(day, n) order by n`,
      [births],
    );
    expect(rows.map(({ last }) => last)).toEqual(
      births.map((birthDate) => lastDayAs17({ type: 'CPP', startDate: birthDate, birthDate })),
    );
  });
});
