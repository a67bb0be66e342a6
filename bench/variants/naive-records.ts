import { defineEntity, p } from '@mikro-orm/core';

// The tables of a check as records of the ORM, for the naive variant alone.
export const PlanNumber = defineEntity({
  name: 'PlanNumber',
  tableName: 'plan_number',
  properties: { nhsNumber: p.text().primary(), planId: p.uuid().primary(), authority: p.text() },
});
export const Plan = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: p.uuid().primary(),
    authority: p.text(),
    type: p.text(),
    startDate: p.text().columnType('date'),
    endDate: p.text().columnType('date').nullable(),
    expectedDeliveryDate: p.text().columnType('date').nullable(),
  },
});
export const Authority = defineEntity({
  name: 'Authority',
  tableName: 'authority',
  properties: {
    gss: p.text().primary(),
    name: p.text(),
    emergencyPhone: p.text().nullable(),
    officePhone: p.text().nullable(),
  },
});
export const Access = defineEntity({
  name: 'Access',
  tableName: 'access',
  properties: {
    at: p.datetime().primary(),
    id: p.uuid().primary(),
    nhsNumber: p.text(),
    answer: p.text(),
    silent: p.boolean(),
    kind: p.text(),
    organisation: p.text(),
    setting: p.text(),
    clinicianId: p.text(),
    clinicianName: p.text(),
    clinicianRole: p.text(),
    client: p.text(),
  },
});
export const CheckRequest = defineEntity({
  name: 'CheckRequest',
  tableName: 'check_request',
  properties: {
    accessId: p.uuid().primary(),
    bodyHash: p.uuid(),
    at: p.datetime(),
    found: p.json().nullable(),
  },
});
export const Notice = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  properties: {
    id: p.bigint().primary().autoincrement(),
    accessId: p.uuid(),
    accessAt: p.datetime(),
    planId: p.uuid(),
    authority: p.text(),
    dueAt: p.datetime(),
  },
});
export const Outbox = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    id: p.bigint().primary().autoincrement(),
    topic: p.text(),
    key: p.text(),
    authority: p.text(),
    event: p.json(),
    createdAt: p.datetime(),
  },
});

export const records = [PlanNumber, Plan, Authority, Access, CheckRequest, Notice, Outbox];
