import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import {
  isGrpcServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';

export type UnreachableReason = 'no-connection' | 'deadline' | 'overloaded' | 'no-namespace';

/**
 * Temporal could not be asked, or did not answer in time. Whether it took the request is then unknown: repeat it with
 * the same request id. It is never the answer of a workflow.
 */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';

  constructor(
    readonly reason: UnreachableReason,
    address: string,
    cause: unknown,
  ) {
    super(`Temporal at ${address} cannot be used: ${explanations[reason]}`, { cause });
  }
}

/** A workflow refused an Update. `type` is the contract's word for the refusal (`ApplicationFailure.type`). */
export class DecisionRefused extends Error {
  override readonly name = 'DecisionRefused';

  constructor(
    readonly type: string,
    failure: ApplicationFailure,
  ) {
    super(failure.message, { cause: failure });
  }
}

const explanations: Readonly<Record<UnreachableReason, string>> = {
  'no-connection': 'there is no connection.',
  deadline: 'it did not answer in time.',
  overloaded: 'it takes no more work now.',
  'no-namespace': 'it does not know the namespace; create it, or set TEMPORAL_NAMESPACE to one that exists.',
};

/** gRPC status codes (grpc.io, "Status codes"). */
const reasons: ReadonlyMap<number, UnreachableReason> = new Map([
  [1, 'no-connection'], // CANCELLED
  [4, 'deadline'], // DEADLINE_EXCEEDED
  [8, 'overloaded'], // RESOURCE_EXHAUSTED
  [14, 'no-connection'], // UNAVAILABLE
]);

/** Turns what the client threw into one of the two classes above; every other error comes back as it was. */
export const explained = (error: unknown, address: string): unknown => {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return new DecisionRefused(error.cause.type ?? 'unknown', error.cause);
  }
  const reason = unreachableReason(error);
  return reason ? new TemporalUnreachable(reason, address, error) : error;
};

const unreachableReason = (error: unknown): UnreachableReason | undefined => {
  if (error instanceof NamespaceNotFoundError) return 'no-namespace';
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'deadline';
  if (isGrpcServiceError(error)) return reasons.get(error.code);
  return error instanceof Error && error.cause !== undefined ? unreachableReason(error.cause) : undefined;
};
