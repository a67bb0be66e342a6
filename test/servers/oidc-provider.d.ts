// What the development identity server uses of oidc-provider 9, which brings no types.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type Interaction = { readonly uid: string; readonly params: Readonly<Record<string, string | undefined>> };
  export type Token = { readonly accountId?: string; readonly clientId?: string };
  export type Context = {
    type: string;
    status: number;
    body: string;
    readonly oidc: {
      readonly client?: { readonly clientId: string };
      readonly session: { readonly accountId: string; grantIdFor(clientId: string): string | undefined };
      readonly result?: { readonly consent?: { readonly grantId?: string } };
      readonly provider: Provider;
    };
  };
  export type Grant = {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  };
  type GrantModel = {
    new (of: { clientId: string; accountId: string }): Grant;
    find(id: string): Promise<Grant | undefined>;
  };

  export class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: GrantModel;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { readonly login: { readonly accountId: string } },
      options: { readonly mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
  // oxlint-disable-next-line import/no-default-export -- the package's own shape
  export default Provider;
}
