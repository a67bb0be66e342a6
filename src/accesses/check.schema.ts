import { z } from 'zod';

const line = (longest: number): z.ZodString => z.string().trim().min(1).max(longest);

/** `POST /checks`. Organisation and clinician come from the token when a person calls (domain 3, 4). */
export const checkRequest = z
  .object({
    nhsNumber: z.string().max(40).describe('Ten digits; spaces are allowed.'),
    kind: z.enum(['unscheduled', 'scheduled']).default('unscheduled').describe('Not said: unscheduled (domain 3).'),
    organisation: line(100).optional().describe('ODS code; a system must give it.'),
    setting: line(200).optional().describe('Where the child is seen; one that we do not know is answered and flagged.'),
    clinician: z
      .object({ id: line(100), name: line(200), role: line(200) })
      .strict()
      .optional()
      .describe('Who looks; a system must give it.'),
  })
  .strict();
export type CheckRequest = z.input<typeof checkRequest>;

const authority = z.object({
  gss: z.string(),
  name: z.string(),
  emergencyPhone: z.string(),
  officePhone: z.string().nullable(),
});

export const planInSight = z.object({
  type: z.enum(['CPP', 'LAC', 'UCPP']),
  snomed: z.string().describe('SNOMED CT code (domain 16).'),
  state: z.enum(['active', 'ended', 'expired-unresolved']),
  start: z.iso.date(),
  end: z.iso.date().optional(),
  expectedDeliveryDate: z.iso.date().optional(),
  authority,
});
export type PlanInSight = z.infer<typeof planInSight>;

/** Born to a mother with an unborn plan of this authority, which has not yet confirmed (domain 7). */
export const awaited = z.object({ authority });
export type Awaited = z.infer<typeof awaited>;

export const accessLine = z.object({
  at: z.iso.datetime().describe('First view of the line.'),
  lastAt: z.iso.datetime().describe('Last view folded into the line: same person, same organisation, within 24 hours.'),
  views: z.int(),
  clinician: z.object({ name: z.string(), role: z.string() }),
  organisation: z.object({ odsCode: z.string(), name: z.string() }),
  setting: z.string(),
});
export type AccessLine = z.infer<typeof accessLine>;

export const checkAnswer = z.object({
  id: z.uuid(),
  nhsNumber: z.string().describe('Ten digits.'),
  answeredAt: z.iso.datetime(),
  answer: z.enum(['plan', 'awaiting-authority', 'ended', 'no-plan']),
  kind: z.enum(['unscheduled', 'scheduled']),
  silent: z.boolean().describe('True when the authority is not alerted.'),
  flags: z.array(z.string()).describe('What did not fit together; the check is alerted all the same.'),
  plans: z.array(planInSight),
  awaiting: z.array(awaited).describe('Every authority that has not yet confirmed for this newborn; telephone them.'),
  accesses: z.array(accessLine).max(25).describe('The 25 most recent unscheduled accesses before this one.'),
});
export type CheckAnswer = z.infer<typeof checkAnswer>;
