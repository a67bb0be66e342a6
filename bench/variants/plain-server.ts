import { createServer, type IncomingMessage } from 'node:http';
import type { Asked } from './check-values';

/** Answers one check. */
export type Answering = (asked: Asked) => Promise<object>;

const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => resolve(body));
    request.on('error', reject);
  });

const answer = async (request: IncomingMessage, answering: Answering): Promise<string> =>
  JSON.stringify(await answering(JSON.parse(await bodyOf(request)) as Asked));

/** A bare `node:http` server: no checks, no logs, no sign-in. Tells its port to the bench that forked it. */
export const servePlainly = (answering: Answering): void => {
  const server = createServer((request, response) => {
    answer(request, answering).then(
      (json) =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
          .end(json),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        response.writeHead(500, { 'content-length': 0 }).end();
      },
    );
  });
  server.keepAliveTimeout = 72_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
  });
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));
};
