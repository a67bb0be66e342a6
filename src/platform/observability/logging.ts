import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config';

type Request = IncomingMessage & { id?: unknown; originalUrl?: string };

const traceOf = (request: Request): string | undefined => {
  const given = request.headers['traceparent'];
  return typeof given === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(given) ? given : undefined;
};
/** The path's fixed words alone: ids may be an authority's own and name a child. */
const wayOf = (request: Request): string =>
  (request.originalUrl ?? request.url ?? '')
    .split('?', 1)
    .join('')
    .split('/')
    .map((part) => (/^[a-z-]*$/.test(part) || /^E\d{8}$/.test(part) ? part : ':id'))
    .join('/');

/** Structured logs with the request's id and trace; bodies, queries, tokens and cookies never reach them. */
export const logging = (config: Config): DynamicModule =>
  LoggerModule.forRoot({
    pinoHttp: {
      level: config.logLevel,
      genReqId: (request: Request) => String(request.id ?? ''),
      serializers: {
        req: () => undefined,
        res: () => undefined,
        err: (err: unknown) => describeError(err),
      },
      customProps: (request: Request, response: ServerResponse) => ({
        requestId: request.id,
        method: request.method,
        path: wayOf(request),
        status: response.statusCode,
        ...(traceOf(request) && { traceparent: traceOf(request) }),
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
