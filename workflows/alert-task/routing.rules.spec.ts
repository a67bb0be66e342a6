import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { routeTo } from './routing.rules';
import type { Directory, DirectoryPerson } from './routing.rules';

const worker: DirectoryPerson = { ref: 'W1', role: 'worker', teamRef: 'T1', state: 'active' };
const colleague: DirectoryPerson = { ...worker, ref: 'W2' };
const manager: DirectoryPerson = { ref: 'M1', role: 'manager', state: 'active' };
const teams = [{ ref: 'T1', managerRef: 'M1' }];
const allocation = { workerRef: 'W1', teamRef: 'T1' };

describe('an alert', () => {
  it('goes to the allocated worker', () => {
    const route = routeTo(allocation, { people: [worker, colleague], teams });
    expect(route).toEqual({ owner: { kind: 'worker', ref: 'W1' }, because: 'The allocated worker has it.' });
  });

  it.each<[string, DirectoryPerson[]]>([
    ['The allocated worker has left, so the team has it.', [{ ...worker, state: 'left' }, colleague]],
    ['The allocated worker is away, so the team has it.', [{ ...worker, state: 'on-leave' }, colleague]],
    ['The allocated worker is not known, so the team has it.', [colleague]],
    [
      'The allocated person is not a social worker, so the team has it.',
      [{ ...worker, role: 'data-quality' }, colleague],
    ],
    ['The allocated worker is not known, so the team has it.', [manager]],
  ])('goes to the team: %s', (because, people) => {
    expect(routeTo(allocation, { people, teams })).toEqual({ owner: { kind: 'team', ref: 'T1' }, because });
  });

  it('goes to the team when no worker is allocated', () => {
    const route = routeTo({ teamRef: 'T1' }, { people: [worker], teams });
    expect(route).toEqual({
      owner: { kind: 'team', ref: 'T1' },
      because: 'No worker is allocated, so the team has it.',
    });
  });

  it.each<[string, { workerRef?: string; teamRef?: string }, Directory]>([
    ['No worker is allocated, and no team is named, so the duty desk has it.', {}, { people: [worker], teams }],
    [
      'The allocated worker is not known, and the team is not known, so the duty desk has it.',
      { workerRef: 'W9', teamRef: 'T9' },
      { people: [worker], teams },
    ],
    [
      'The allocated worker has left, and nobody of the team is at work, so the duty desk has it.',
      allocation,
      {
        people: [
          { ...worker, state: 'left' },
          { ...manager, state: 'on-leave' },
        ],
        teams,
      },
    ],
  ])('goes to the duty desk: %s', (because, asked, directory) => {
    expect(routeTo(asked, directory)).toEqual({ owner: { kind: 'duty-desk' }, because });
  });
});

const ref = fc.constantFrom('A', 'B', 'C', 'D');
const anyPerson: fc.Arbitrary<DirectoryPerson> = fc.record({
  ref,
  role: fc.constantFrom('worker', 'manager', 'duty-desk', 'data-quality'),
  teamRef: fc.option(ref, { nil: undefined }),
  state: fc.constantFrom('active', 'on-leave', 'left'),
});
const anyDirectory: fc.Arbitrary<Directory> = fc.record({
  people: fc.uniqueArray(anyPerson, { selector: (person) => person.ref }),
  teams: fc.uniqueArray(fc.record({ ref, managerRef: fc.option(ref, { nil: undefined }) }), {
    selector: (team) => team.ref,
  }),
});
const anyAllocation = fc.record({
  workerRef: fc.option(ref, { nil: undefined }),
  teamRef: fc.option(ref, { nil: undefined }),
});

describe('any alert', () => {
  it('has an owner and a reason, and no owner who is not at work', () => {
    fc.assert(
      fc.property(anyAllocation, anyDirectory, (allocated, directory) => {
        const { owner, because } = routeTo(allocated, directory);
        const atWork = directory.people.filter(({ state }) => state === 'active');
        expect(because).toMatch(/^[A-Z].*\.$/);
        if (owner.kind === 'worker') {
          expect(owner.ref).toBe(allocated.workerRef);
          expect(atWork.map((person) => person.ref)).toContain(owner.ref);
        }
        if (owner.kind === 'team') {
          expect(owner.ref).toBe(allocated.teamRef);
          expect(atWork).not.toHaveLength(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('goes to the allocated worker whenever that worker is at work', () => {
    fc.assert(
      fc.property(anyAllocation, anyDirectory, (allocated, directory) => {
        const allocatedWorker = directory.people.find(
          (person) => person.ref === allocated.workerRef && person.role === 'worker',
        );
        const { owner } = routeTo(allocated, directory);
        if (allocatedWorker?.state === 'active') expect(owner).toEqual({ kind: 'worker', ref: allocatedWorker.ref });
      }),
      { numRuns: 500 },
    );
  });
});
