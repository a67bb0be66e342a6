/** Somebody who asks: a system with a bearer token, or a person who signed in. Rights come from roles. */
export interface Caller {
  readonly kind: 'system' | 'person';
  /** Subject of the token. */
  readonly id: string;
  /** Owner of the request ids that it sends. */
  readonly client: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly rights: readonly string[];
  /** ODS code. */
  readonly organisation?: string;
  readonly clinicianRole?: string;
  /** GSS code. */
  readonly authority?: string;
  /** The authority's own reference of the person. */
  readonly personRef?: string;
}

/** What a role allows; given by the composition, so that the platform knows no domain word. */
export type RightsOf = (roles: readonly string[]) => readonly string[];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Turns verified claims (JWT or ID token) into a caller; undefined when they name nobody. */
export function claimsToCaller(claims: Readonly<Record<string, unknown>>, rightsOf: RightsOf): Caller | undefined {
  const id = text(claims['sub']) ?? text(claims['client_id']);
  const kind = claims['kind'];
  if (id === undefined || (kind !== 'system' && kind !== 'person')) return undefined;
  const roles = Array.isArray(claims['roles']) ? claims['roles'].filter((role) => typeof role === 'string') : [];
  const optional = {
    organisation: text(claims['organisation']),
    clinicianRole: text(claims['clinician_role']),
    authority: text(claims['authority']),
    personRef: text(claims['person_ref']),
  };
  return {
    kind,
    id,
    client: `${kind}:${id}`,
    name: text(claims['name']) ?? id,
    roles,
    rights: rightsOf(roles),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
