import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What became of the rows, written once when the file is done. */
export interface UploadCounts {
  readonly rows: number;
  /** Answered CPR06, changed or not. */
  readonly loaded: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly held: number;
  readonly warnings: number;
  readonly recorded: number;
  readonly amended: number;
  readonly ended: number;
  /** Raised by this file, by kind. */
  readonly questions: Readonly<Record<string, number>>;
}

/** One file of plan records from one authority. */
export const UploadEntity = defineEntity({
  name: 'Upload',
  tableName: 'upload',
  properties: {
    id: p.uuid().primary(),
    authority: p.text(),
    sequence: p.integer(),
    kind: p.text().$type<'full' | 'delta'>(),
    contentHash: p.blob(),
    /** The earlier upload that keeps the same bytes; null when this one does. */
    contentOf: p.uuid().nullable(),
    state: p.text().$type<'received' | 'done'>(),
    rowsRead: p.integer(),
    fileCode: p.text().nullable(),
    message: p.text().nullable(),
    expectedSequence: p.integer(),
    counts: p.json<UploadCounts>().nullable(),
    receivedAt: p.datetime(),
    receivedBy: p.text(),
    finishedAt: p.datetime().nullable(),
  },
});
export type Upload = InferEntity<typeof UploadEntity>;
