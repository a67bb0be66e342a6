import { z } from 'zod';
import { outcomes } from '../../../workflows/alert-task/contract';

const longest = 2000;

/** The closing form as a browser sends it; an empty note is none. The messages stand at the fields. */
export const closureForm = z
  .object({
    outcome: z.enum(outcomes, 'Choose an outcome'),
    note: z
      .string()
      .trim()
      .max(longest, `The note must be ${longest.toLocaleString('en-GB')} characters or fewer`)
      .default(''),
    requestId: z.string(),
    _csrf: z.string(),
  })
  .strict();
export type ClosureFields = z.output<typeof closureForm>;
