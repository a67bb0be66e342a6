import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A team of an authority; its manager is asked when nobody has seen an alert (domain 11). */
export const TeamEntity = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: {
    authority: p.text().primary(),
    ref: p.text().primary(),
    name: p.text(),
    managerRef: p.text().nullable(),
  },
});
export type Team = InferEntity<typeof TeamEntity>;
