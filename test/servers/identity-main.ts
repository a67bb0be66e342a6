import { runScript } from '../../scripts/clear-error';
import { startIdentity } from './identity';

// The identity server by itself: node -r ./scripts/register.cjs test/servers/identity-main.ts
runScript(async () => {
  const port = Number(process.env['IDENTITY_PORT'] ?? 3001);
  const webUrl = process.env['PUBLIC_URL'] ?? 'http://localhost:3000';
  const clientSecret = process.env['OIDC_CLIENT_SECRET'];
  const { issuer } = await startIdentity({ port, webUrl, ...(clientSecret ? { clientSecret } : {}) });
  console.log(`The development identity server is at ${issuer}.`);
});
