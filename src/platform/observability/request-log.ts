import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';

const requests = new AsyncLocalStorage<FastifyRequest>();

/**
 * One line for each answer, and every line that is written while a request is served names it. Hooks of Fastify, not the
 * middleware of pino-http: that made three child loggers a request, a fifth of a check's processor time.
 */
export function logRequests(fastify: FastifyInstance): void {
  // after the body was read: reading it leaves the context that came before
  fastify.addHook('preValidation', (request, _reply, done) => requests.run(request, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    if (!request.url.startsWith('/health')) logAnswer(request, reply);
    done();
  });
}

/** The request that a line belongs to, for pino's `mixin`; empty outside of one. */
export const requestOfLine = (): object => {
  const request = requests.getStore();
  return request ? describeRequest(request) : {};
};

const logAnswer = (request: FastifyRequest, reply: FastifyReply): void => {
  const answer = { status: reply.statusCode, responseTime: Math.round(reply.elapsedTime) };
  PinoLogger.root.info({ ...describeRequest(request), ...answer }, reply.statusCode < 500 ? 'answered' : 'failed');
};

const describeRequest = (request: FastifyRequest): object => {
  const traceparent = traceOf(request);
  return { requestId: request.id, method: request.method, path: wayOf(request), ...(traceparent && { traceparent }) };
};

const traceOf = ({ headers }: FastifyRequest): string | undefined => {
  const given = headers['traceparent'];
  return typeof given === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(given) ? given : undefined;
};

/** The route, not the address: whatever a caller puts there, even in a path of ours, may name a child. Codes of authorities stay. */
const wayOf = (request: FastifyRequest): string => {
  const route = request.routeOptions.url ?? ':unknown';
  if (!route.includes(':')) return route;
  const given = (request.url.split('?', 1)[0] ?? '').split('/');
  return route
    .split('/')
    .map((part, place) => (part.startsWith(':') && /^E\d{8}$/.test(given[place] ?? '') ? given[place] : part))
    .join('/');
};
