import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { searchAttributes } from './search-attributes';

/** By what a workflow is found. */
export interface Findable {
  readonly authority: string;
  readonly stage: string;
  readonly schemaVersion: number;
  /** Epoch milliseconds; `null` takes it away, absent leaves it alone. */
  readonly nextDeadline?: number | null;
}

type Pairs = Extract<Parameters<typeof upsertSearchAttributes>[0], readonly unknown[]>;

/** Writes what differs from what the run carries, and nothing when nothing does: each write costs 25 KB of log. */
export function show({ authority, stage, schemaVersion, nextDeadline }: Findable): void {
  const known = workflowInfo().typedSearchAttributes;
  const changes: Pairs = [];
  if (known.get(searchAttributes.authority) !== authority)
    changes.push({ key: searchAttributes.authority, value: authority });
  if (known.get(searchAttributes.stage) !== stage) changes.push({ key: searchAttributes.stage, value: stage });
  if (known.get(searchAttributes.schemaVersion) !== schemaVersion)
    changes.push({ key: searchAttributes.schemaVersion, value: schemaVersion });
  const deadline = known.get(searchAttributes.nextDeadline)?.getTime() ?? null;
  if (nextDeadline !== undefined && deadline !== nextDeadline)
    changes.push({ key: searchAttributes.nextDeadline, value: nextDeadline === null ? null : new Date(nextDeadline) });
  if (changes.length > 0) upsertSearchAttributes(changes);
}
