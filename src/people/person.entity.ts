import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Somebody who works for an authority, by the authority's own reference. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    authority: p.text().primary(),
    ref: p.text().primary(),
    name: p.text(),
    role: p.text().$type<'worker' | 'manager' | 'duty-desk' | 'data-quality'>(),
    teamRef: p.text().nullable(),
    state: p.text().$type<'active' | 'on-leave' | 'left'>(),
    demoName: p.text().nullable(),
  },
});
export type Person = InferEntity<typeof PersonEntity>;
