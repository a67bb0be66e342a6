import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../test/builders/alert.builder';
import type { Caller } from '../platform/sign-in/caller';
import { isAsked } from './asked';

const person = (role: string, personRef: string): Caller => ({
  kind: 'person',
  id: `E06000016/${personRef}`,
  client: `person:E06000016/${personRef}`,
  name: personRef,
  roles: [role],
  rights: ['act-on-alerts'],
  authority: 'E06000016',
  personRef,
});
const team = anAlert().with({ owner: { kind: 'team', ref: 'T01', name: 'North' } });
const desk = anAlert().with({ owner: { kind: 'duty-desk', ref: '', name: 'Duty desk' } });

describe('whose opening counts as "seen"', () => {
  it.each([
    ['the owner', person('worker', 'W001'), anAlert(), true],
    ['a colleague', person('worker', 'W002'), anAlert(), false],
    ['the manager before it is passed on', person('manager', 'M01'), anAlert(), false],
    ['the manager once it is passed on', person('manager', 'M01'), anAlert().with({ rung: 'manager' }), true],
    [
      'the duty desk while the manager is asked',
      person('duty-desk', 'D01'),
      anAlert().with({ rung: 'manager' }),
      false,
    ],
    ['the duty desk once it is passed on', person('duty-desk', 'D01'), anAlert().with({ rung: 'duty-desk' }), true],
    ['somebody of the team that owns it', person('worker', 'W002'), team, true],
    ["the duty desk for a team's alert", person('duty-desk', 'D01'), team, false],
    ['the duty desk for its own', person('duty-desk', 'D01'), desk, true],
  ])('%s', (_, caller, alert, expected) => {
    expect(isAsked(caller, alert.build())).toBe(expected);
  });
});
