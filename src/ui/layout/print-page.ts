import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WithCaller } from '../../platform/sign-in/caller.decorator';
import { presentLayout } from './layout.presenter';
import type { Page } from './page';

/**
 * A page as HTML, in the frame of whoever asks, with the reply's status and headers set. No page is kept by a browser
 * or a proxy: most are personal, and a form needs a fresh request id when somebody comes back to it.
 */
export async function printPage(
  page: Page,
  request: FastifyRequest & WithCaller,
  reply: FastifyReply,
): Promise<string> {
  const tokens = { csrf: reply.generateCsrf(), requestId: randomUUID() };
  reply
    .status(page.status ?? 200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8');
  return reply.viewAsync(page.template, { layout: presentLayout(page, request.caller, tokens), page: page.page });
}
