import type { Allocation, Directory, Route } from '../alert-task/routing.rules';
import { routeTo } from '../alert-task/routing.rules';
import type { Step } from './contract';

/**
 * Whom a birth or a loss that nobody has answered goes to: once more its owner, then the manager of the plan's team, then the duty desk, which
 * always exists (domain 11). A team without a manager at work leaves the duty desk. The words fit a loss too (domain 7).
 */
export function reminderRoute(to: Exclude<Step, 'none'>, allocation: Allocation, directory: Directory): Route {
  if (to === 'reminder') {
    const { owner, because } = routeTo(allocation, directory);
    return { owner, because: `A gentle reminder: this still waits for an answer. ${because}` };
  }
  const manager = to === 'manager' ? managerOf(allocation, directory) : undefined;
  if (manager !== undefined)
    return {
      owner: { kind: 'worker', ref: manager },
      because: 'This still waits for an answer, so the manager has it.',
    };
  return { owner: { kind: 'duty-desk' }, because: 'This still waits for an answer, so the duty desk has it.' };
}

/** The manager of the team that the plan names, else of the worker's own team; only one who is at work. */
function managerOf({ workerRef, teamRef }: Allocation, { people, teams }: Directory): string | undefined {
  const ofWorker = people.find(({ ref }) => ref === workerRef)?.teamRef;
  const candidates = [teamRef, ofWorker].map((ref) => teams.find((team) => team.ref === ref)?.managerRef);
  return candidates.find((ref) => people.some((person) => person.ref === ref && person.state === 'active'));
}
