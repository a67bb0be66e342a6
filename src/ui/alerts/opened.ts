import type { FastifyRequest } from 'fastify';

/** False when a browser only fetches ahead, or a machine only asks for the headers: then nobody sees anything. */
export function isOpenedByAPerson({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  const purpose = [headers['sec-purpose'], headers['purpose'], headers['x-moz']].flat().join(' ');
  return method === 'GET' && !/prefetch|prerender|preview/i.test(purpose);
}
