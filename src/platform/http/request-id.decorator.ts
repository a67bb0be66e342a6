import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';

const shape = /^[\w.-]{1,100}$/;

/** The X-Request-ID header, or a form's hidden `requestId`; undefined when absent or not of the shape. */
export function requestIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['x-request-id'];
  const field = (request.body as { requestId?: unknown } | undefined | null)?.requestId;
  const given = typeof header === 'string' ? header : field;
  return typeof given === 'string' && shape.test(given) ? given : undefined;
}

/** Every command carries one: it makes the command repeatable. Rejects with `request-id-missing`. */
export const RequestId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const id = requestIdOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (id === undefined) throw new Problem('request-id-missing');
  return id;
});
