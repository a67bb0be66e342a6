import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { newPlanState } from './child-plan.rules';
import type { PlanEvent } from './contract';
import { asksForReview, eventsIn, rememberedIds, tell } from './plan-events.rules';

const at = '2026-11-23T09:00:00Z';
const accessed = (id: number, when = at): PlanEvent => ({ id, kind: 'accessed', accessId: `access-${id}`, at: when });
const amended = (id: number, version: number): PlanEvent => ({ id, kind: 'amended', version, at });

describe('what a plan is told', () => {
  it('counts accesses and alerts, and keeps the newest version and access', () => {
    const state = tell(newPlanState, [
      amended(1, 4),
      accessed(2, '2026-11-23T10:00:00Z'),
      accessed(3, '2026-11-23T09:00:00.5Z'),
      { id: 4, kind: 'alerted', alertId: 'a', at },
      amended(5, 3),
    ]);
    expect(state).toMatchObject({
      version: 4,
      accesses: 2,
      alerts: 1,
      lastAccessAt: '2026-11-23T10:00:00Z',
      toldIds: [1, 2, 3, 4, 5],
    });
  });

  it('counts an event once, however often and in whatever order it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 80 }), (ids) => {
        const twice = tell(
          tell(
            newPlanState,
            ids.map((id) => accessed(id)),
          ),
          ids.toReversed().map((id) => accessed(id)),
        );
        expect(twice.accesses).toBe(new Set(ids).size);
      }),
    );
  });

  it('tells the same in one signal as in many', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 40 }), fc.nat(40), (ids, cut) => {
        const events = ids.map((id) => accessed(id));
        expect(tell(tell(newPlanState, events.slice(0, cut)), events.slice(cut))).toEqual(tell(newPlanState, events));
      }),
    );
  });

  it('remembers a bounded number of ids, the newest', () => {
    const many = Array.from({ length: rememberedIds + 20 }, (_, id) => accessed(id));
    const { toldIds, accesses } = tell(newPlanState, many);
    expect(toldIds).toHaveLength(rememberedIds);
    expect(toldIds[0]).toBe(20);
    expect(accesses).toBe(rememberedIds + 20);
  });

  it('asks for a look at the facts when they may have changed, and not for an access, an alert or a repeat', () => {
    const told = tell(newPlanState, [amended(7, 2)]);
    expect(asksForReview(told, [accessed(8), { id: 9, kind: 'alerted', alertId: 'a', at }])).toBe(false);
    expect(asksForReview(told, [amended(7, 2)])).toBe(false);
    expect(asksForReview(told, [accessed(8), amended(10, 3)])).toBe(true);
  });
});

describe('what is no event', () => {
  it.each<[unknown]>([[undefined], [null], ['planEvents'], [7], [{}], [{ length: 2 }]])(
    'takes none out of %p',
    (payload) => {
      expect(eventsIn(payload)).toEqual({ events: [], dropped: 1 });
    },
  );

  it.each<[unknown]>([
    [null],
    [[]],
    [{}],
    [{ id: 1, kind: 'accessed', at }],
    [{ id: 1, kind: 'accessed', accessId: '', at }],
    [{ id: '1', kind: 'accessed', accessId: 'a', at }],
    [{ id: -1, kind: 'accessed', accessId: 'a', at }],
    [{ id: 1, kind: 'accessed', accessId: 'a', at: 'yesterday' }],
    [{ id: 1, kind: 'accessed', accessId: 'a', at: '2026-13-45T09:00:00Z' }],
    [{ id: 1, kind: 'amended', at }],
    [{ id: 1, kind: 'amended', version: 1.5, at }],
    [{ id: 1, kind: 'alerted', alertId: 5, at }],
    [{ id: 1, kind: 'born', at }],
  ])('drops %j and keeps its neighbours', (garbage) => {
    const { events, dropped } = eventsIn([accessed(1), garbage, amended(2, 1)]);
    expect(events).toEqual([accessed(1), amended(2, 1)]);
    expect(dropped).toBe(1);
  });

  it('survives anything at all', () => {
    fc.assert(fc.property(fc.anything(), (payload) => void tell(newPlanState, eventsIn(payload).events)));
  });
});
