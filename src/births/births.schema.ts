import { z } from 'zod';
import { declineReasons } from '../../workflows/birth-transfer/contract';

/** `POST /births`: one baby per call, as the national event is; sent once and never corrected (domain 7). */
export const birthNotification = z
  .object({
    nhsNumber: z.string().max(40).describe('The baby’s; ten digits, spaces are allowed.'),
    bornAt: z.iso.datetime({ offset: true }),
    birthOrder: z.int().min(1).max(20),
    numberOfBirths: z.int().min(1).max(20),
    stillborn: z.boolean(),
    deliveryOrganisation: z.string().trim().min(1).max(20).describe('ODS code; one that we do not know is taken.'),
    motherNhsNumber: z.string().max(40).optional().describe('Without it the birth cannot be taken in yet.'),
  })
  .strict();
export type BirthNotification = z.infer<typeof birthNotification>;

/** The same whether the mother has an unborn plan or not: the answer gives nothing away. */
export const birthReceipt = z.object({
  receivedAt: z.iso.datetime().describe('When it came first; the same event twice is one.'),
});
export type BirthReceipt = z.infer<typeof birthReceipt>;

/** `POST /births/{newbornId}/decline`; reasons of domain 20. */
export const declineBody = z.object({ reason: z.enum(declineReasons) }).strict();
export type DeclineBody = z.infer<typeof declineBody>;

export const newbornView = z.object({
  id: z.uuid(),
  nhsNumber: z.string().describe('The baby’s; ten digits.'),
  motherNhsNumber: z.string().describe('Under which the unborn plan is held; ten digits.'),
  motherLocalId: z.string().describe('The authority’s own key of the unborn plan.'),
  name: z.string().describe('"baby of" the mother (domain 21).'),
  state: z.enum(['awaiting', 'supplied', 'declined', 'not-expected']),
  reason: z.enum(declineReasons).nullable(),
  birthOrder: z.int(),
  numberOfBirths: z.int(),
  bornAt: z.iso.datetime(),
  motherIsClosed: z.boolean().describe('Her record is ended, or became the baby’s own.'),
  motherWasClosed: z
    .boolean()
    .describe('It was ended before the birth was notified: the question is urgent (domain 7).'),
  since: z.iso.datetime(),
});
export type NewbornView = z.infer<typeof newbornView>;

export const newbornList = z.object({ newborns: z.array(newbornView) });
export type NewbornList = z.infer<typeof newbornList>;
