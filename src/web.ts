import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Logger } from 'nestjs-pino';
import { WebModule } from './app.module';
import { Audit } from './platform/audit/audit';
import { AuditInterceptor } from './platform/audit/audit.interceptor';
import { Clock } from './platform/clock';
import type { Config } from './platform/config';
import { Database } from './platform/database/database';
import { CommandInterceptor } from './platform/http/command.interceptor';
import { ProblemFilter } from './platform/http/problem.filter';
import { logRequests } from './platform/observability/request-log';
import { BearerTokens } from './platform/sign-in/bearer';
import { Sessions } from './platform/sign-in/sessions';
import { SignInGuard } from './platform/sign-in/sign-in.guard';
import { setUpPages } from './ui/set-up-pages';

const requestIdShape = /^[\w.-]{1,100}$/;

/** The web process as an application that is ready to listen; tests make theirs with it too. */
export async function createWebApp(config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: 1_000_000,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(WebModule.with(config), adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  logRequests(adapter.getInstance());
  await setUpSecurity(app, config);
  acceptStreams(adapter.getInstance());
  setUpGuards(app);
  await setUpPages(app);
  app.enableShutdownHooks([]);
  return app;
}

async function setUpSecurity(app: NestFastifyApplication, config: Config): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: config.production,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'form-action': ["'self'", new URL(config.oidcIssuer).origin],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
  });
  await app.register(cookie, { secret: config.sessionSecret });
  await app.register(formbody);
  await app.register(csrf, {
    cookieOpts: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', secure: config.production },
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  // forms come with the browser's cookies, so each must carry the token that its page was given
  fastify.addHook('preHandler', (request, reply, done) => {
    const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    if (isForm) fastify.csrfProtection(request, reply, done);
    else done();
  });
}

/** An upload is read as it comes, never held whole. */
function acceptStreams(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
}

function setUpGuards(app: NestFastifyApplication): void {
  const reflector = app.get(Reflector);
  const audit = app.get(Audit);
  app.useGlobalGuards(new SignInGuard(reflector, app.get(BearerTokens), app.get(Sessions), audit));
  app.useGlobalInterceptors(
    new AuditInterceptor(reflector, audit),
    new CommandInterceptor(reflector, app.get(Database), app.get(Clock)),
  );
  app.useGlobalFilters(app.get(ProblemFilter));
}
