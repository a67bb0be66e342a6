import { z } from 'zod';
import { ClearError } from './clear-error';
import { runningNow } from './running';

const answer = z.object({ access_token: z.string() });

const identityServer = (): string => {
  const port = process.env['IDENTITY_PORT'];
  const given = process.env['OIDC_ISSUER'] ?? (port ? `http://localhost:${port}` : undefined);
  return given ?? runningNow()?.settings['OIDC_ISSUER'] ?? 'http://localhost:3001';
};

/** An access token for a demo name from the running identity server. @throws ClearError when it does not run. */
export const tokenOf = async (name: string): Promise<string> => {
  const issuer = identityServer();
  const request = { method: 'POST', body: new URLSearchParams({ name }) };
  const response = await fetch(`${issuer}/demo-token`, request).catch(() => undefined);
  if (!response) {
    throw new ClearError(`The development identity server does not answer at ${issuer}: start it with npm start.`);
  }
  if (!response.ok) throw new ClearError(`${issuer} gives no token for ${name}.`);
  return answer.parse(await response.json()).access_token;
};
