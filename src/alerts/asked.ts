import type { Caller } from '../platform/sign-in/caller';
import type { AlertSummary } from './alert.schema';

/** Whom an alert belongs to, and who is asked now. */
export interface Asking {
  readonly owner: Pick<AlertSummary['owner'], 'kind' | 'ref'>;
  readonly rung: AlertSummary['rung'];
}

/**
 * Whether an alert asks this caller now (domain 11): its owner, or, once nobody had seen it in time, the manager or the
 * duty desk. When one of them opens its page, the alert is seen (domain 13); a manager who looks in earlier does not
 * make it so, or the owner would never be reminded.
 */
export function isAsked(caller: Caller, { owner, rung }: Asking): boolean {
  if (rung !== 'owner' && caller.roles.includes(rung)) return true;
  switch (owner.kind) {
    case 'worker':
      return owner.ref === caller.personRef;
    case 'team':
      return caller.roles.includes('worker') || caller.roles.includes('manager');
    case 'duty-desk':
      return caller.roles.includes('duty-desk');
    default:
      return assertNever(owner.kind);
  }
}

function assertNever(kind: never): never {
  throw new Error(`no rule for an owner of kind ${String(kind)}`);
}
