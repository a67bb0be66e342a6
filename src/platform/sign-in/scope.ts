import { Problem } from '../problems/problem';
import type { Caller } from './caller';

/** The authority (GSS code) that a caller may act in; "not there" and "not yours" are one answer. */
export function scopeOf(caller: Caller, authority: string): string {
  const own = caller.authority === authority;
  if ((own || caller.roles.includes('operator')) && /^E\d{8}$/.test(authority)) return authority;
  throw new Problem('not-found');
}

/** The authority of a caller who works for one. */
export function ownScope(caller: Caller): string {
  if (caller.authority === undefined) throw new Problem('not-found');
  return caller.authority;
}
