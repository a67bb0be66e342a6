import { z } from 'zod';

export const batchView = z.object({
  authority: z.string(),
  slot: z.string().describe('Identity of the planned run.'),
  state: z.enum(['running', 'done']),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  notices: z.int(),
  alerts: z.int(),
});
export type BatchView = z.infer<typeof batchView>;
