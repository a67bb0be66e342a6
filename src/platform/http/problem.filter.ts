import { Catch, HttpException, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import type { ProblemType } from '../problems/problem-catalogue';
import { TemporalUnreachable } from '../temporal/temporal-errors';

const byStatus: Readonly<Record<number, ProblemType>> = {
  400: 'malformed-request',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
};
/** Classes of PostgreSQL's and the network's errors after which nothing is wrong with the request. */
const passing = /^(08|53|57|58)|^(40001|40P01|55P03)$|^ECONN|^ETIMEDOUT$|^EPIPE$/;

/** Shows a problem to a person; registered by the pages. */
export interface ProblemPage {
  render(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
}

/** Turns whatever was thrown into one `application/problem+json`, or into a page for a browser. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('problems');
  page: ProblemPage | undefined;

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = asProblem(error);
    if (problem.status >= 500)
      this.log.error({ type: problem.type, err: problem.details.cause ?? error }, problem.type);
    if (problem.details.retryAfterSeconds) reply.header('retry-after', String(problem.details.retryAfterSeconds));
    reply.status(problem.status);
    if (this.page && (request.headers.accept ?? '').includes('text/html')) {
      await this.page.render(problem, request, reply);
      return;
    }
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    await reply.header('content-type', 'application/problem+json').send(JSON.stringify(problem.body(request.id)));
  }
}

/** Any error as a problem; an unknown one is `internal-error`, a passing outage `unavailable`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (lacksFormToken(error)) return new Problem('form-expired', { cause: error });
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  const type = byStatus[status];
  if (type) return new Problem(type, { cause: error });
  return new Problem(isPassing(error) ? 'unavailable' : 'internal-error', { cause: error, retryAfterSeconds: 2 });
}

/** True for an outage of PostgreSQL, Temporal or the network: trying again later is right. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TemporalUnreachable) return true;
  for (let each = error; each instanceof Error; each = each.cause) {
    const code = (each as { code?: unknown }).code;
    if (typeof code === 'string' && passing.test(code)) return true;
    if (/timeout exceeded when trying to connect|Connection terminated/.test(each.message)) return true;
  }
  return false;
}

/** A form that did not come from a page of ours, or whose page is too old (`@fastify/csrf-protection`). */
const lacksFormToken = (error: unknown): boolean => {
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('FST_CSRF_');
};

const statusOf = (error: unknown): number => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
};
