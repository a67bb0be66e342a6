/** Everything that `@May` can ask for. */
export type Right =
  | 'check'
  | 'act-on-alerts'
  | 'supply-plans'
  | 'read-uploads'
  | 'approve-uploads'
  | 'answer-questions'
  | 'run-batches'
  | 'notify-births'
  | 'answer-births'
  | 'decode-payloads';

/**
 * What each role may do. B0107 and B0170 are the national role-based access codes: both may check, and which of them
 * the caller holds decides whether a check can be silent (domain 3).
 */
const rightsByRole: ReadonlyMap<string, readonly Right[]> = new Map([
  ['B0107', ['check']],
  ['B0170', ['check']],
  ['births', ['notify-births']],
  ['authority-system', ['supply-plans', 'read-uploads', 'run-batches']],
  [
    'data-quality',
    ['supply-plans', 'read-uploads', 'approve-uploads', 'answer-questions', 'answer-births', 'run-batches'],
  ],
  ['worker', ['act-on-alerts', 'answer-births']],
  ['manager', ['act-on-alerts', 'answer-births', 'run-batches']],
  ['duty-desk', ['act-on-alerts', 'answer-births', 'run-batches']],
  ['operator', ['decode-payloads', 'run-batches']],
]);

/** The rights of somebody with these roles, each once; a role that we do not know gives none. */
export const rightsOf = (roles: readonly string[]): readonly Right[] => [
  ...new Set(roles.flatMap((role) => rightsByRole.get(role) ?? [])),
];
