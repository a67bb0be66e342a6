import { z } from 'zod';
import { outcomes } from '../../workflows/alert-task/contract';

/** `POST /alerts/{id}/closure`; outcomes of domain 20. */
export const closure = z
  .object({
    outcome: z.enum(outcomes),
    note: z.string().trim().max(2000).optional().describe('What was done; shown in the history of the alert.'),
  })
  .strict();
export type Closure = z.infer<typeof closure>;

const owner = z.object({
  kind: z.enum(['worker', 'team', 'duty-desk']),
  ref: z.string().describe("The authority's own reference; empty for the duty desk."),
  name: z.string(),
});

export const alertSummary = z.object({
  id: z.uuid(),
  reference: z.string().describe('Says nothing of the child; may stand in an e-mail (domain 14).'),
  kind: z.enum(['access', 'birth', 'loss']).describe('Tells of accesses, of a birth, or of a loss.'),
  name: z.string().describe('The child; "unborn child of" or "baby of" the mother (domain 21).'),
  authority: z.string(),
  stage: z.enum(['open', 'seen', 'acknowledged', 'closed']),
  rung: z.enum(['owner', 'manager', 'duty-desk']).describe('Who is asked now (domain 11).'),
  raisedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe('24 elapsed hours after the first access, or after the birth was notified.'),
  late: z.string().optional().describe('Why the alert was raised after its hour.'),
  accesses: z.int(),
  places: z.int(),
  lastAccessAt: z.iso.datetime().optional().describe('Absent when the alert tells of no access.'),
  owner,
});
export type AlertSummary = z.infer<typeof alertSummary>;

const accessOfAlert = z.object({
  at: z.iso.datetime(),
  organisation: z.object({ odsCode: z.string(), name: z.string() }),
  setting: z.string(),
  clinician: z.object({ name: z.string(), role: z.string() }),
  scheduled: z.boolean().describe('A silent read: shown, never alerted (domain 3).'),
  inThisAlert: z.boolean(),
  flags: z.array(z.string()),
});

const birthOfAlert = z.object({
  newbornId: z.uuid(),
  nhsNumber: z.string().describe('The baby’s, shown 3-3-4.'),
  motherNhsNumber: z.string().describe('Under which the unborn plan is held, shown 3-3-4.'),
  motherLocalId: z.string(),
  state: z.enum(['awaiting', 'supplied', 'declined', 'not-expected']),
  birthOrder: z.int(),
  numberOfBirths: z.int(),
  isUrgent: z.boolean().describe('The unborn plan was ended before the birth was notified (domain 7).'),
  toDo: z.array(z.enum(['close-mother', 'supply-or-decline'])).describe('What the authority still has to do.'),
  mayDecline: z.boolean(),
});

export const alertView = alertSummary.extend({
  birth: birthOfAlert.optional(),
  nhsNumber: z.string().describe('The right number now, shown 3-3-4.'),
  because: z.string().describe('Why it is its owner who got the alert.'),
  plans: z.array(z.object({ type: z.enum(['CPP', 'LAC', 'UCPP']), state: z.string(), why: z.string() })),
  history: z.array(accessOfAlert).describe("The child's accesses, newest first, at most 200."),
  clocks: z.object({
    sent: z.iso.datetime().optional(),
    received: z.iso.datetime().optional(),
    seen: z.iso.datetime().optional(),
  }),
  events: z.array(
    z.object({ kind: z.string(), at: z.iso.datetime(), by: z.string(), detail: z.record(z.string(), z.unknown()) }),
  ),
  actions: z.array(z.enum(['acknowledge', 'close'])).describe('What the caller may do now.'),
  whyNot: z.string().optional(),
  proceduresUrl: z.string().optional(),
  outcome: z.enum(outcomes).optional(),
  closingNote: z.string().optional(),
});
export type AlertView = z.infer<typeof alertView>;
