import type { ConnectionLike } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { ProductTemporal } from '../support/product-temporal';
import { textOf } from './raw-text';
import type { Place } from './scanner';
import { spansOf } from './spans';
import type { Span } from './telling-days';

type Execution = temporal.api.common.v1.IWorkflowExecution;
export type History = temporal.api.history.v1.IHistoryEvent[];

export interface TemporalContents {
  readonly places: readonly Place[];
  readonly spans: readonly Span[];
  readonly workflowTypes: ReadonlySet<string>;
}

const namespace = 'default';
const metadataQuery = '__temporal_workflow_metadata';

/** Everything that somebody who may open the Temporal UI can read, as the server gives it; and each summary decrypted. */
export async function contentsOf(temporal: ProductTemporal): Promise<TemporalContents> {
  const { connection } = temporal.client;
  const places: Place[] = [];
  const spans: Span[] = [];
  const types = new Set<string>();
  for (const info of await listed(connection)) {
    const execution = info.execution ?? {};
    const name = `${info.type?.name ?? ''} ${execution.workflowId ?? ''}`;
    types.add(info.type?.name ?? '');
    const history = await historyOf(connection, execution);
    places.push({ name: `list entry of ${name}`, text: textOf(info) });
    places.push({ name: `description of ${name}`, text: textOf(await described(connection, execution)) });
    places.push({ name: `history of ${name}`, text: textOf(history) });
    places.push({ name: `summaries of ${name}`, text: await summariesOf(temporal, history) });
    places.push({ name: `current details of ${name}`, text: await currentDetailsOf(temporal, execution) });
    spans.push(...spansOf(name, history));
  }
  return { places: [...places, ...(await schedulePlaces(temporal))], spans, workflowTypes: types };
}

/** What the server says of one workflow: memo, search attributes, pending activities with their last failure. */
export const described = (
  { workflowService }: ConnectionLike,
  execution: Execution,
): Promise<temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse> =>
  workflowService.describeWorkflowExecution({ namespace, execution });

async function listed({ workflowService }: ConnectionLike): Promise<temporal.api.workflow.v1.IWorkflowExecutionInfo[]> {
  const found: temporal.api.workflow.v1.IWorkflowExecutionInfo[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await workflowService.listWorkflowExecutions({
      namespace,
      pageSize: 200,
      ...(nextPageToken && { nextPageToken }),
    });
    found.push(...page.executions);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return found;
}

async function historyOf({ workflowService }: ConnectionLike, execution: Execution): Promise<History> {
  const events: History = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await workflowService.getWorkflowExecutionHistory({
      namespace,
      execution,
      ...(nextPageToken && { nextPageToken }),
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return events;
}

/** Static summaries and details, and the summaries of timers and activities, as an operator sees them. */
async function summariesOf(temporal: ProductTemporal, history: History): Promise<string> {
  const metadata = history.flatMap(({ userMetadata }) => userMetadata ?? []);
  return decrypted(
    temporal,
    metadata.flatMap(({ summary, details }) => [summary, details]),
  );
}

async function decrypted(
  { codec }: ProductTemporal,
  payloads: readonly (Payload | null | undefined)[],
): Promise<string> {
  const given = payloads.filter((payload) => payload !== null && payload !== undefined);
  return (await codec.decode(given)).map((payload) => String(defaultPayloadConverter.fromPayload(payload))).join('\n');
}

/** Kept by the worker, told by a query; a planted workflow has none to ask. */
async function currentDetailsOf({ client }: ProductTemporal, { workflowId }: Execution): Promise<string> {
  const handle = client.workflow.getHandle(workflowId ?? '');
  try {
    const { currentDetails = '' } = await client.withDeadline(Date.now() + 5_000, () =>
      handle.query<{ currentDetails?: string }>(metadataQuery),
    );
    return currentDetails;
  } catch {
    return '';
  }
}

async function schedulePlaces(temporal: ProductTemporal): Promise<Place[]> {
  const { workflowService } = temporal.client.connection;
  const { schedules } = await workflowService.listSchedules({ namespace, maximumPageSize: 200 });
  return Promise.all(
    schedules.map(async (entry) => {
      const scheduleId = entry.scheduleId ?? '';
      const description = await workflowService.describeSchedule({ namespace, scheduleId });
      const { summary, details } = description.schedule?.action?.startWorkflow?.userMetadata ?? {};
      const shown = await decrypted(temporal, [summary, details]);
      return { name: `schedule ${scheduleId}`, text: [textOf(entry), textOf(description), shown].join('\n') };
    }),
  );
}
