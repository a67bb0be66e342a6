import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One alert tells one owner at the authority about the accesses of one subject (domain, "Words"). */
export const AlertEntity = defineEntity({
  name: 'Alert',
  tableName: 'alert',
  properties: {
    id: p.uuid().primary(),
    reference: p.text(),
    authority: p.text(),
    kind: p.text().$type<'access' | 'birth' | 'loss'>(),
    /** NHS number under which the plans stood when the alert was raised. */
    subject: p.text(),
    slot: p.text(),
    ownerKind: p.text().$type<'worker' | 'team' | 'duty-desk'>(),
    ownerRef: p.text(),
    because: p.text(),
    stage: p.text().$type<'open' | 'seen' | 'acknowledged' | 'closed'>(),
    rung: p.text().$type<'owner' | 'manager' | 'duty-desk'>(),
    raisedAt: p.datetime(),
    dueAt: p.datetime(),
    lateBecause: p.text().nullable(),
    seenAt: p.datetime().nullable(),
    seenBy: p.text().nullable(),
    acknowledgedAt: p.datetime().nullable(),
    acknowledgedBy: p.text().nullable(),
    closedAt: p.datetime().nullable(),
    closedBy: p.text().nullable(),
    outcome: p.text().nullable(),
    closingNote: p.text().nullable(),
  },
});
export type Alert = InferEntity<typeof AlertEntity>;
