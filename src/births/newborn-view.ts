import type { NewbornView } from './births.schema';
import type { StoredNewborn } from './newborns.repository';

/** A newborn as its own authority sees it. */
export const newbornViewOf = ({ planId: _plan, authority: _authority, ...newborn }: StoredNewborn): NewbornView => {
  const { givenName, familyName, ...shown } = newborn;
  return {
    ...shown,
    name: `baby of ${[givenName, familyName].filter(Boolean).join(' ')}`,
    bornAt: new Date(newborn.bornAt).toISOString(),
    since: new Date(newborn.since).toISOString(),
  };
};
