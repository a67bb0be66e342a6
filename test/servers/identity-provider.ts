import { Provider } from 'oidc-provider';
import type { Context, Grant, Token } from 'oidc-provider';
import { demoPeople, demoSystems, findCaller } from './demo-callers';
import { tokenLifeSeconds } from './identity-keys';
import type { IdentityKeys } from './identity-keys';
import { MemoryStore } from './identity-memory';
import { errorPage, signOutPage, signedOutPage } from './identity-pages';

export type ProviderOptions = {
  readonly issuer: string;
  /** Where the product's pages are: sign-in comes back to `<webUrl>/sign-in/callback`. */
  readonly webUrl: string;
  readonly clientSecret: string;
  readonly audience: string;
  readonly keys: IdentityKeys;
};

const resource = 'urn:cpis-bridge';
const personClaims = ['sub', 'kind', 'name', 'roles', 'authority', 'person_ref', 'organisation', 'clinician_role'];

const webClient = ({ webUrl, clientSecret }: ProviderOptions) => ({
  client_id: 'cpis-web',
  client_name: 'Child protection information sharing',
  client_secret: clientSecret,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${webUrl}/sign-in/callback`],
  post_logout_redirect_uris: [webUrl, `${webUrl}/`, `${webUrl}/sign-in`, `${webUrl}/signed-out`],
});

const systemClients = demoSystems.map(({ claims: { sub } }) => ({
  client_id: sub,
  client_secret: `${sub}-secret`,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
}));

/** Everything is granted without a consent page: the product is the authorities' and the NHS's own. */
const grantFor = async ({ oidc }: Context): Promise<Grant | undefined> => {
  const clientId = oidc.client?.clientId ?? '';
  const known = oidc.result?.consent?.grantId ?? oidc.session.grantIdFor(clientId);
  if (known) return oidc.provider.Grant.find(known);
  const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(resource, 'openid');
  await grant.save();
  return grant;
};

const accountOf = (_context: Context, accountId: string) => {
  const person = demoPeople.find(({ claims }) => claims.sub === accountId);
  return person ? { accountId, claims: () => person.claims } : undefined;
};

const html = (context: Context, page: string): void => {
  context.type = 'html';
  context.body = page;
};

const features = ({ audience, webUrl }: ProviderOptions) => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (context: Context, form: string) => html(context, signOutPage(form)),
    postLogoutSuccessSource: (context: Context) => html(context, signedOutPage(webUrl)),
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: (_context: Context, _client: object, oneOf?: string) => oneOf ?? resource,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      scope: 'openid',
      audience,
      accessTokenTTL: tokenLifeSeconds,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    }),
  },
});

/** oidc-provider, set up for the demo callers: RS256, PKCE, one audience, our own pages, everything in memory. */
export const identityProvider = (options: ProviderOptions): Provider =>
  new Provider(options.issuer, {
    adapter: MemoryStore,
    clients: [webClient(options), ...systemClients],
    jwks: { keys: [options.keys.signing] },
    cookies: { keys: [options.keys.cookieSecret] },
    // The product looks for this in the metadata and refuses it in production.
    discovery: { cpis_development_identity_server: true },
    features: features(options),
    pkce: { required: () => true },
    claims: { openid: personClaims, profile: [] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile'],
    findAccount: accountOf,
    loadExistingGrant: grantFor,
    extraTokenClaims: (_context: Context, { accountId, clientId }: Token) =>
      findCaller(accountId ?? clientId ?? '')?.claims,
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    renderError: (context: Context, { error_description: reason }: { error_description?: string }) =>
      html(context, errorPage(reason ?? 'The request could not be understood.', options.webUrl)),
    ttl: {
      AccessToken: tokenLifeSeconds,
      ClientCredentials: tokenLifeSeconds,
      IdToken: tokenLifeSeconds,
      Interaction: 3600,
      Session: 86_400,
      Grant: 86_400,
      AuthorizationCode: 60,
    },
  });
