import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as rules from './alert-task.rules';
import { outcomes } from './contract';
import type { Closure, TaskState } from './contract';

const { acknowledge, close, newTask, see } = rules;
const anna = { by: 'anna', at: 1_000 };
const ben = { by: 'ben', at: 2_000 };
const closure: Closure = { ...ben, outcome: 'visit-planned' };
const stateOf = (decision: rules.Decision): TaskState => {
  if (!decision.allowed) throw new Error(decision.refusal);
  return decision.state;
};
const acknowledged = stateOf(acknowledge(newTask, anna));
const closed = stateOf(close(acknowledged, closure, []));

describe('an alert that is seen', () => {
  it('keeps the first time, in whatever order the times are told', () => {
    expect(see(see(newTask, 2_000), 1_000)).toEqual({ ...newTask, stage: 'seen', seenAt: 1_000 });
    expect(see(see(newTask, 1_000), 2_000)).toEqual({ ...newTask, stage: 'seen', seenAt: 1_000 });
  });

  it('never goes back from acknowledged or closed', () => {
    expect(see(acknowledged, 3_000)).toBe(acknowledged);
    expect(see(closed, 3_000)).toBe(closed);
  });
});

describe('an acknowledgement', () => {
  it('sees the alert too', () => {
    expect(acknowledged).toEqual({
      ...newTask,
      stage: 'acknowledged',
      seenAt: 1_000,
      acknowledgedAt: 1_000,
      acknowledgedBy: 'anna',
    });
  });

  it('is the same answer when it is given again, by the same person or another', () => {
    expect(stateOf(acknowledge(acknowledged, { ...anna, at: 9_000 }))).toBe(acknowledged);
    expect(stateOf(acknowledge(acknowledged, ben))).toBe(acknowledged);
  });

  it('comes too late for a closed alert', () => {
    expect(acknowledge(closed, anna)).toEqual({ allowed: false, refusal: 'alert-already-closed' });
  });
});

describe('a closure', () => {
  it('keeps who acknowledged the alert before', () => {
    expect(closed).toMatchObject({
      stage: 'closed',
      acknowledgedBy: 'anna',
      closedBy: 'ben',
      closedAt: 2_000,
      outcome: 'visit-planned',
    });
  });

  it('acknowledges in the same act what nobody has acknowledged', () => {
    expect(stateOf(close(newTask, closure, []))).toMatchObject({
      seenAt: 2_000,
      acknowledgedAt: 2_000,
      acknowledgedBy: 'ben',
    });
  });

  it('is refused to the person who caused the alert', () => {
    expect(close(newTask, closure, ['carol', 'ben'])).toEqual({ allowed: false, refusal: 'alert-caused-by-caller' });
  });

  it('is the same answer when the same person gives the same outcome again, later too', () => {
    expect(stateOf(close(closed, { ...closure, at: 9_000 }, []))).toBe(closed);
  });

  it('comes too late with another outcome or from another person', () => {
    const tooLate = { allowed: false, refusal: 'alert-already-closed' };
    expect(close(closed, { ...closure, outcome: 'no-further-action' }, [])).toEqual(tooLate);
    expect(close(closed, { ...closure, by: 'anna' }, [])).toEqual(tooLate);
  });
});

describe('escalation', () => {
  const deadlines = { managerAt: 10_000, dutyDeskAt: 20_000 };

  it.each([
    [9_999, 'owner'],
    [10_000, 'manager'],
    [19_999, 'manager'],
    [20_000, 'duty-desk'],
  ] as const)('asks, at %i, the %s', (now, rung) => expect(rules.rungDue(newTask, deadlines, now)).toBe(rung));

  it('stops when the alert is seen, acknowledged or closed', () => {
    for (const state of [see(newTask, 1), acknowledged, closed]) {
      expect(rules.rungDue(state, deadlines, 99_999)).toBe('owner');
      expect(rules.nextDeadline(state, deadlines)).toBeUndefined();
    }
  });

  it('has its next deadline with the next person, and none after the duty desk', () => {
    expect(rules.nextDeadline(newTask, deadlines)).toBe(10_000);
    expect(rules.nextDeadline(rules.escalate(newTask, 'manager'), deadlines)).toBe(20_000);
    expect(rules.nextDeadline(rules.escalate(newTask, 'duty-desk'), deadlines)).toBeUndefined();
  });

  it('never goes back to an earlier person, whatever the deadlines and the time', () => {
    const rung = fc.constantFrom('owner', 'manager', 'duty-desk');
    fc.assert(
      fc.property(rung, fc.nat(100), fc.nat(100), fc.nat(100), (asked, managerAt, dutyDeskAt, now) => {
        const state: TaskState = { ...newTask, rung: asked };
        const due = rules.rungDue(state, { managerAt, dutyDeskAt }, now);
        expect(rules.escalate(state, due).rung).toBe(due);
        const next = rules.nextDeadline({ ...state, rung: due }, { managerAt, dutyDeskAt });
        if (next !== undefined) expect(next).toBeGreaterThan(now);
      }),
    );
  });

  it('waits for a deadline at least a millisecond and at most 30 days', () => {
    expect(rules.waitFor(5, 5)).toBe(1);
    expect(rules.waitFor(5, 8)).toBe(3);
    expect(rules.waitFor(5, undefined)).toBe(30 * 86_400_000);
    expect(rules.waitFor(5, 1e15)).toBe(30 * 86_400_000);
  });
});

describe('what is no act', () => {
  it.each<[unknown]>([
    [undefined],
    [null],
    ['anna'],
    [[]],
    [{}],
    [{ by: 'anna' }],
    [{ by: '', at: 1 }],
    [{ by: 'anna', at: '1' }],
    [{ by: 'anna', at: Infinity }],
  ])('is %j', (garbage) => {
    expect(rules.isAct(garbage)).toBe(false);
    expect(rules.faultOfClosure(garbage)).toBe('act-malformed');
  });

  it('nor a closure without a known outcome or with a note that is no text', () => {
    expect(rules.faultOfClosure({ ...anna, outcome: 'forgotten' })).toBe('outcome-unknown');
    expect(rules.faultOfClosure({ ...anna })).toBe('outcome-unknown');
    expect(rules.faultOfClosure({ ...closure, note: 5 })).toBe('act-malformed');
  });

  it('but every known outcome closes', () => {
    for (const outcome of outcomes)
      expect(rules.faultOfClosure({ ...anna, outcome, note: 'spoke with the family' })).toBeUndefined();
  });
});

describe('the row', () => {
  it('wins over what was told, but for a first look that it does not know yet', () => {
    expect(rules.catchUp(closed, newTask)).toBe(closed);
    expect(rules.catchUp(newTask, see(newTask, 7))).toEqual(see(newTask, 7));
  });

  it('has a result only when closed', () => {
    expect(rules.resultOf(acknowledged)).toBeUndefined();
    expect(rules.resultOf(closed)).toEqual({ outcome: 'visit-planned', rung: 'owner' });
  });

  it('is shown without a name', () => {
    expect(rules.detailsOf(acknowledged)).toBe('Stage: acknowledged. Asked: owner.');
    expect(rules.detailsOf(closed)).toBe('Stage: closed, visit-planned. Last asked: owner.');
  });
});
