import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../problems/problem';

/** What the Temporal UI 2.42 and the Temporal CLI send to a codec server. */
const allowedHeaders = 'authorization, authorization-extras, content-type, x-namespace';
const longestBody = 4 * 1024 * 1024;

type Gate = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Stands before the codec server, before anybody is asked who they are: only the Temporal UI's origin may let a browser
 * read an answer, and only JSON of at most 4 MiB goes on. A request without an Origin is no browser's: it must bring a
 * bearer token, so that a session cookie alone is never enough. Answers the browser's preflight itself.
 */
export const codecGate =
  (allowedOrigin: string): Gate =>
  (request, response, next) => {
    const { origin, authorization } = request.headers;
    response.setHeader('vary', 'Origin');
    if (origin !== undefined && origin !== allowedOrigin) {
      return refuse(
        response,
        new Problem('not-allowed', { detail: 'Payloads are not shown on pages of this origin.' }),
      );
    }
    if (origin === undefined && !authorization) return refuse(response, new Problem('not-signed-in'));
    if (origin !== undefined) letRead(response, origin);
    if (request.method === 'OPTIONS') return answerPreflight(response);
    if (request.method !== 'POST') return refuse(response, new Problem('not-found'));
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return refuse(response, new Problem('unsupported-media-type'));
    }
    if (Number(request.headers['content-length'] ?? 0) > longestBody) return refuse(response, new Problem('too-large'));
    return next();
  };

const letRead = (response: ServerResponse, origin: string): void => {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
};

const answerPreflight = (response: ServerResponse): void => {
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', allowedHeaders);
  response.setHeader('access-control-max-age', '600');
  response.writeHead(204).end();
};

const refuse = (response: ServerResponse, problem: Problem): void => {
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', connection: 'close' });
  response.end(JSON.stringify(problem.body()));
};
