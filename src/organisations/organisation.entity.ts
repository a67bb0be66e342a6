import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** An NHS organisation with the setting that it is registered for (domain 3). */
export const OrganisationEntity = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  properties: {
    odsCode: p.text().primary(),
    name: p.text(),
    setting: p.text(),
    town: p.text(),
  },
});
export type Organisation = InferEntity<typeof OrganisationEntity>;
