import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One of the 153 English authorities with children's services. */
export const AuthorityEntity = defineEntity({
  name: 'Authority',
  tableName: 'authority',
  properties: {
    /** GSS code, such as E06000016. */
    gss: p.text().primary(),
    name: p.text(),
    type: p.text(),
    region: p.text(),
    /** Mandatory before the authority may send anything (domain 4). */
    emergencyPhone: p.text().nullable(),
    officePhone: p.text().nullable(),
    /** London wall-clock time of the morning batch, `HH:MM:SS`. */
    morningHour: p.string().columnType('time'),
    /** The authority's own procedures, shown on every alert (domain 21). */
    proceduresUrl: p.text().nullable(),
  },
});
export type Authority = InferEntity<typeof AuthorityEntity>;
