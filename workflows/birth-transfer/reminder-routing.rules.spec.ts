import { describe, expect, it } from '@jest/globals';
import { reminderRoute } from './reminder-routing.rules';

const directory = {
  people: [
    { ref: 'w', role: 'worker', teamRef: 't', state: 'active' },
    { ref: 'm', role: 'manager', teamRef: 't', state: 'active' },
    { ref: 'away', role: 'manager', teamRef: 'u', state: 'on-leave' },
  ],
  teams: [
    { ref: 't', managerRef: 'm' },
    { ref: 'u', managerRef: 'away' },
  ],
} as const;

describe('whom an unanswered birth goes to', () => {
  it('is its owner again first', () => {
    expect(reminderRoute('reminder', { workerRef: 'w', teamRef: 't' }, directory).owner).toEqual({
      kind: 'worker',
      ref: 'w',
    });
  });

  it('is then the manager of the team, of the worker’s own when the plan names none', () => {
    const manager = { kind: 'worker', ref: 'm' };
    expect(reminderRoute('manager', { workerRef: 'w', teamRef: 't' }, directory).owner).toEqual(manager);
    expect(reminderRoute('manager', { workerRef: 'w' }, directory).owner).toEqual(manager);
    expect(reminderRoute('manager', { workerRef: 'w', teamRef: 'u' }, directory).owner).toEqual(manager);
  });

  it('is the duty desk last, and when no manager is at work: there is always somebody', () => {
    expect(reminderRoute('duty-desk', { workerRef: 'w', teamRef: 't' }, directory).owner).toEqual({
      kind: 'duty-desk',
    });
    expect(reminderRoute('manager', { teamRef: 'u' }, directory).owner).toEqual({ kind: 'duty-desk' });
    expect(reminderRoute('manager', {}, { people: [], teams: [] }).owner).toEqual({ kind: 'duty-desk' });
  });
});
