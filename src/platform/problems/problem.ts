import { problemCatalogue, type ProblemType } from './problem-catalogue';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}
export interface ProblemDetails {
  readonly detail?: string;
  readonly field?: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** RFC 9457, as it goes over the wire (`application/problem+json`). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string;
}

/** The one error of the product: `throw new Problem('alert-not-found')`. */
export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly type: ProblemType,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? problemCatalogue[type][1], { cause: details.cause });
    this.status = problemCatalogue[type][0];
  }

  body(requestId?: string): ProblemBody {
    const [status, title, wayOut] = problemCatalogue[this.type];
    const { detail, field, errors } = this.details;
    const named = errors ?? (field ? [{ field, message: detail ?? title }] : undefined);
    return {
      type: `urn:problem:${this.type}`,
      title,
      status,
      detail: detail ? `${detail} ${wayOut}` : wayOut,
      ...(named && { errors: named }),
      ...(requestId && { requestId }),
    };
  }
}
