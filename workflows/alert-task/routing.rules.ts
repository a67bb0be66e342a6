/** A person of an authority, as far as routing looks at one. `ref` is unique within the authority. */
export interface DirectoryPerson {
  readonly ref: string;
  readonly role: 'worker' | 'manager' | 'duty-desk' | 'data-quality';
  readonly teamRef?: string | undefined;
  readonly state: 'active' | 'on-leave' | 'left';
}

export interface DirectoryTeam {
  readonly ref: string;
  readonly managerRef?: string | undefined;
}

/** The people and teams of one authority. */
export interface Directory {
  readonly people: readonly DirectoryPerson[];
  readonly teams: readonly DirectoryTeam[];
}

/** Whom the plan names; either may be missing or unknown. */
export interface Allocation {
  readonly workerRef?: string | undefined;
  readonly teamRef?: string | undefined;
}

export type Owner =
  | { readonly kind: 'worker'; readonly ref: string }
  | { readonly kind: 'team'; readonly ref: string }
  | { readonly kind: 'duty-desk' };

/** `because` is a sentence for the alert's page; it names nobody. */
export interface Route {
  readonly owner: Owner;
  readonly because: string;
}

/**
 * Who owns an alert: the allocated worker when at work, else the team when somebody of it is, else the duty desk, which
 * always exists (domain 11). There is no alert without an owner.
 */
export function routeTo(allocation: Allocation, directory: Directory): Route {
  const worker = directory.people.find(({ ref }) => ref === allocation.workerRef);
  if (worker !== undefined && mayOwn(worker))
    return { owner: { kind: 'worker', ref: worker.ref }, because: 'The allocated worker has it.' };
  const whyNotWorker = absenceOf(allocation, worker);
  const team = directory.teams.find(({ ref }) => ref === allocation.teamRef);
  if (team !== undefined && isStaffed(team, directory))
    return { owner: { kind: 'team', ref: team.ref }, because: `${whyNotWorker}, so the team has it.` };
  return {
    owner: { kind: 'duty-desk' },
    because: `${whyNotWorker}, and ${gapOf(allocation, team)}, so the duty desk has it.`,
  };
}

/** Somebody at work whose job is with the children; a duty desk or a data-quality person owns no case. */
const mayOwn = ({ role, state }: DirectoryPerson): boolean =>
  state === 'active' && (role === 'worker' || role === 'manager');

const isStaffed = (team: DirectoryTeam, { people }: Directory): boolean =>
  people.some((person) => mayOwn(person) && (person.teamRef === team.ref || person.ref === team.managerRef));

function absenceOf(allocation: Allocation, worker: DirectoryPerson | undefined): string {
  if (allocation.workerRef === undefined) return 'No worker is allocated';
  if (worker === undefined) return 'The allocated worker is not known';
  if (worker.state === 'left') return 'The allocated worker has left';
  return worker.state === 'on-leave' ? 'The allocated worker is away' : 'The allocated person is not a social worker';
}

function gapOf(allocation: Allocation, team: DirectoryTeam | undefined): string {
  if (allocation.teamRef === undefined) return 'no team is named';
  return team === undefined ? 'the team is not known' : 'nobody of the team is at work';
}
