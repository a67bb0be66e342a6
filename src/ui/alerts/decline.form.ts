import { z } from 'zod';
import { declineReasons } from '../../../workflows/birth-transfer/contract';

/** The form that declines a newborn's plan, as a browser sends it. */
export const declineFields = z
  .object({
    reason: z.enum(declineReasons, 'Choose a reason'),
    requestId: z.string(),
    _csrf: z.string(),
  })
  .strict();
export type DeclineFields = z.output<typeof declineFields>;
