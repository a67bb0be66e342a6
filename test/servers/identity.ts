import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { demoNames, demoPeople, findCaller } from './demo-callers';
import { makeKeys, signToken, tokenLifeSeconds } from './identity-keys';
import type { IdentityKeys } from './identity-keys';
import { errorPage, signInPage } from './identity-pages';
import { identityProvider } from './identity-provider';

export type IdentityOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly webUrl: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  /** New ones when left out: fine for a test, but tokens die with the server. */
  readonly keys?: IdentityKeys;
};

/** The development identity server: an OpenID provider for invented people and systems. Never for production. */
export type Identity = {
  readonly issuer: string;
  /** An access token for a demo name or a subject such as `E06000016/W001`; `claims` replace the usual ones. */
  readonly tokenFor: (name: string, claims?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** An access token with exactly these claims beside iss, aud, iat, exp and jti. */
  readonly tokenWith: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** Starts it on the loopback. @throws the listening error, such as EADDRINUSE, when the port is taken. */
export const startIdentity = async (options: IdentityOptions): Promise<Identity> => {
  const { port, webUrl, clientSecret = 'cpis-web-secret', audience = 'cpis-bridge' } = options;
  const keys = options.keys ?? (await makeKeys());
  const server = await listen(port);
  const issuer = `http://localhost:${portOf(server)}`;
  const provider = identityProvider({ issuer, webUrl, clientSecret, audience, keys });
  const tokenWith: Identity['tokenWith'] = (claims) => signToken(keys, { issuer, audience, claims });
  const tokenFor: Identity['tokenFor'] = (name, claims = {}) => {
    const caller = findCaller(name);
    if (!caller) throw new Error(`Nobody is called ${name}; there are: ${demoNames.join(', ')}.`);
    const clientId = caller.claims.kind === 'system' ? caller.claims.sub : 'cpis-web';
    return tokenWith({ client_id: clientId, ...caller.claims, ...claims });
  };
  serve(server, { provider, tokenFor, webUrl });
  return { issuer, tokenFor, tokenWith, stop: () => close(server) };
};

const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

type Served = { readonly provider: Provider; readonly tokenFor: Identity['tokenFor']; readonly webUrl: string };
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

const serve = (server: Server, served: Served): void => {
  server.on('request', (request, response) => {
    route(served, { request, response }).catch(() => {
      if (!response.headersSent) sendPage(response, 400, errorPage('This sign-in has expired.', served.webUrl));
      else response.destroy();
    });
  });
};

const route = async (served: Served, exchange: Exchange): Promise<void> => {
  const { request, response } = exchange;
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/demo-token' && request.method === 'POST') return demoToken(served, exchange);
  if (pathname.startsWith('/interaction/')) return chooseAPerson(served, exchange);
  if (pathname === '/') return redirect(response, served.webUrl);
  if (pathname === '/auth') forgetLastSignIn(exchange);
  return served.provider.callback()(request, response);
};

/** Each sign-in chooses a person anew, whoever this browser was before. */
const forgetLastSignIn = ({ request, response }: Exchange): void => {
  delete request.headers.cookie;
  const gone = ['_session', '_session.sig'].map((name) => `${name}=; path=/; httponly; max-age=0`);
  response.setHeader('set-cookie', gone);
};

const chooseAPerson = async ({ provider }: Served, { request, response }: Exchange): Promise<void> => {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return sendPage(response, 200, signInPage(`/interaction/${uid}`, demoPeople));
  const accountId = new URLSearchParams(await bodyOf(request)).get('person') ?? '';
  if (!demoPeople.some(({ claims }) => claims.sub === accountId)) throw new Error('nobody was chosen');
  await provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false });
};

const demoToken = async ({ tokenFor }: Served, { request, response }: Exchange): Promise<void> => {
  const name = new URLSearchParams(await bodyOf(request)).get('name') ?? '';
  if (!findCaller(name)) return sendJson(response, 404, { error: 'unknown_name', names: demoNames });
  const token = { access_token: await tokenFor(name), token_type: 'Bearer', expires_in: tokenLifeSeconds };
  sendJson(response, 200, token);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw new Error('too long');
  }
  return body;
};

const sendJson = (response: ServerResponse, status: number, value: object): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(value));
};

const sendPage = (response: ServerResponse, status: number, page: string): void => {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
  };
  response.writeHead(status, headers).end(page);
};

const redirect = (response: ServerResponse, to: string): void => {
  response.writeHead(303, { location: to }).end();
};
