import type { AccessLine, CheckAnswer, PlanInSight } from '../../src/accesses/check.schema';

const leicester = {
  gss: 'E06000016',
  name: 'Leicester',
  emergencyPhone: '0116 496 0101',
  officePhone: '0116 496 0102',
};

const plan = (changes: Partial<PlanInSight> = {}): PlanInSight => ({
  type: 'CPP',
  snomed: '342191000000101',
  state: 'active',
  start: '2026-03-02',
  authority: leicester,
  ...changes,
});

const line = (changes: Partial<AccessLine> = {}): AccessLine => ({
  at: '2026-11-20T22:05:00.000Z',
  lastAt: '2026-11-20T22:05:00.000Z',
  views: 1,
  clinician: { name: 'Niall O’Neill', role: 'Nurse practitioner' },
  organisation: { odsCode: 'ZZ104', name: 'Clock Tower walk-in centre' },
  setting: 'walk-in-centre',
  ...changes,
});

const usual: CheckAnswer = {
  id: '0d6c1f2a-6d2b-4b57-9f0e-6a0c4f6e3b4c',
  nhsNumber: '9991234567',
  answeredAt: '2026-11-23T09:14:00.000Z',
  answer: 'no-plan',
  kind: 'unscheduled',
  silent: false,
  flags: [],
  plans: [],
  awaiting: [],
  accesses: [],
};

/** An answer as the service gives it to the pages: `anAnswer().withPlan({ type: 'UCPP' }).build()`. */
class CheckAnswerBuilder {
  constructor(private readonly answer: CheckAnswer) {}

  with(changes: Partial<CheckAnswer>): CheckAnswerBuilder {
    return new CheckAnswerBuilder({ ...this.answer, ...changes });
  }

  withPlan(changes: Partial<PlanInSight> = {}): CheckAnswerBuilder {
    return this.with({ answer: 'plan', plans: [...this.answer.plans, plan(changes)] });
  }

  ended(changes: Partial<PlanInSight> = {}): CheckAnswerBuilder {
    return this.with({
      answer: 'ended',
      plans: [...this.answer.plans, plan({ state: 'ended', end: '2026-05-03', ...changes })],
    });
  }

  unborn(changes: Partial<PlanInSight> = {}): CheckAnswerBuilder {
    return this.withPlan({ type: 'UCPP', snomed: '818901000000100', expectedDeliveryDate: '2026-12-01', ...changes });
  }

  awaitingAuthority(...names: string[]): CheckAnswerBuilder {
    const awaiting = (names.length > 0 ? names : [leicester.name]).map((name) => ({
      authority: { ...leicester, name },
    }));
    return this.with({ answer: 'awaiting-authority', awaiting });
  }

  seenBefore(...changes: Partial<AccessLine>[]): CheckAnswerBuilder {
    return this.with({ accesses: [...this.answer.accesses, ...changes.map((each) => line(each))] });
  }

  build(): CheckAnswer {
    return this.answer;
  }
}

export const anAnswer = (): CheckAnswerBuilder => new CheckAnswerBuilder(usual);
