import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import { destination } from 'pino';
import type { Config } from '../config';
import { requestOfLine } from './request-log';

/** Lines go out together, a fifth of a second late at most: a request never waits for whoever reads the log. */
const output = { minLength: 4096, periodicFlush: 200, sync: false } as const;

/** Structured logs with the request's id and trace; bodies, queries, tokens and cookies never reach them. */
export const logging = (config: Config): DynamicModule =>
  LoggerModule.forRoot({
    // requests are logged by hooks of Fastify
    forRoutes: [],
    pinoHttp: [
      {
        level: config.logLevel,
        mixin: requestOfLine,
        // else an error comes to us as its copy, without its class, code and causes
        wrapSerializers: false,
        serializers: { err: (err: unknown) => describeError(err) },
        redact: {
          paths: ['req', 'headers', '*.authorization', '*.cookie', '*.nhsNumber', '*.familyName', '*.givenName'],
          remove: true,
        },
      },
      destination(output),
    ],
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
