import { LoggerModule } from 'nestjs-pino';
import { RequestMethod, type DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config';

type Request = IncomingMessage & { id?: unknown; originalUrl?: string };
/** Milliseconds. */
type Answered = { readonly responseTime?: number };

const traceOf = (request: Request): string | undefined => {
  const given = request.headers['traceparent'];
  return typeof given === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(given) ? given : undefined;
};
const routes = new WeakMap<IncomingMessage, string>();
/** Says which route a request came by, before anything is logged of it; undefined when there is none. */
export const rememberRoute = (request: IncomingMessage, route: string | undefined): void => {
  if (route !== undefined) routes.set(request, route);
};
/** The route, not the address: whatever a caller puts there, even in a path of ours, may name a child. Codes of authorities stay. */
const wayOf = (request: Request): string => {
  const given = (request.originalUrl ?? request.url ?? '').split('?', 1).join('').split('/');
  return (routes.get(request) ?? ':unknown')
    .split('/')
    .map((part, place) => (part.startsWith(':') && /^E\d{8}$/.test(given[place] ?? '') ? given[place] : part))
    .join('/');
};

/** Structured logs with the request's id and trace; bodies, queries, tokens and cookies never reach them. */
export const logging = (config: Config): DynamicModule =>
  LoggerModule.forRoot({
    // the library's own default meets "/" alone under Nest 12 on Fastify
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    pinoHttp: {
      level: config.logLevel,
      // else an error comes to us as its copy, without its class, code and causes
      wrapSerializers: false,
      genReqId: (request: Request) => String(request.id ?? ''),
      serializers: {
        req: () => undefined,
        res: () => undefined,
        err: (err: unknown) => describeError(err),
      },
      customProps: (request: Request) => ({
        requestId: request.id,
        method: request.method,
        path: wayOf(request),
        ...(traceOf(request) && { traceparent: traceOf(request) }),
      }),
      customSuccessObject: (_request: Request, response: ServerResponse, { responseTime }: Answered) => ({
        status: response.statusCode,
        responseTime,
      }),
      customErrorObject: (_request: Request, response: ServerResponse, _error: Error, { responseTime }: Answered) => ({
        status: response.statusCode,
        responseTime,
      }),
      customSuccessMessage: () => 'answered',
      customErrorMessage: () => 'failed',
      autoLogging: { ignore: (request: Request) => (request.url ?? '').startsWith('/health') },
      redact: {
        paths: ['req', 'headers', '*.authorization', '*.cookie', '*.nhsNumber', '*.familyName', '*.givenName'],
        remove: true,
      },
    },
  });

/** PostgreSQL's `detail` and parameters quote rows: only what names the fault is kept. */
export function describeError(err: unknown): Record<string, unknown> {
  if (!(err instanceof Error)) return { kind: typeof err };
  const code = (err as { code?: unknown }).code;
  const fromDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  return {
    kind: err.name,
    ...(typeof code === 'string' && { code }),
    ...(!fromDatabase && { message: err.message }),
    stack: err.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8),
    ...(err.cause !== undefined && { cause: describeError(err.cause) }),
  };
}
