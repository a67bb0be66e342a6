import { z } from 'zod';

/** `POST /authorities/{gss}/uploads?sequence=…&kind=…`, body `text/csv` (data/README). */
export const uploadQuery = z
  .object({
    sequence: z.coerce
      .number({ error: 'must be the sequence number of the file, 1 or more' })
      .int()
      .min(1)
      .max(999_999_999)
      .describe('One more than the last; a gap is reported.'),
    kind: z
      .enum(['full', 'delta'], { error: 'must be full or delta' })
      .describe('A full file asks about every live plan that it lacks.'),
  })
  .strict();
export type UploadQuery = z.infer<typeof uploadQuery>;

/** `POST …/uploads/{sequence}/approval`. */
export const approvalBody = z
  .object({ decision: z.enum(['apply', 'discard']).describe('For everything of the file that the guard holds.') })
  .strict();
export type ApprovalBody = z.infer<typeof approvalBody>;

export const uploadCounts = z.object({
  rows: z.int(),
  loaded: z.int().describe('Answered CPR06, changed or not.'),
  unchanged: z.int().describe('Of the loaded: said what was there already.'),
  rejected: z.int(),
  held: z.int().describe('Wait for approval now.'),
  warnings: z.int(),
  recorded: z.int(),
  amended: z.int(),
  ended: z.int(),
});

export const uploadView = z.object({
  authority: z.string(),
  sequence: z.int(),
  kind: z.enum(['full', 'delta']),
  state: z.enum(['received', 'done']),
  progress: z.object({ rowsRead: z.int() }),
  fileCode: z.string().nullable().describe('CPF01–CPF06 when done (domain 10).'),
  message: z.string().nullable().describe('What is wrong with the file as a whole.'),
  counts: uploadCounts.nullable(),
  gap: z
    .object({ expected: z.int(), received: z.int() })
    .nullable()
    .describe('Files between these sequence numbers never came.'),
  questions: z.record(z.string(), z.int()).describe('Raised by this file, by kind.'),
  receivedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  answers: z.string().describe('Path of the answers, row by row, as CSV.'),
});
export type UploadView = z.infer<typeof uploadView>;
