import { fileCodeOf } from './file-code.rules';
import type { Upload, UploadCounts } from './upload.entity';
import type { UploadView } from './uploads.schema';

/** What became of the rows that the guard held, by now. */
export interface HeldRows {
  readonly waiting: number;
  readonly applied: number;
  readonly discarded: number;
  readonly replaced: number;
}

export const uploadPath = ({ authority, sequence }: Pick<Upload, 'authority' | 'sequence'>): string =>
  `/authorities/${authority}/uploads/${sequence}`;

/** A file as its authority follows it. Rows that were held count by what was decided since. */
export function uploadViewOf(upload: Upload, held: HeldRows): UploadView {
  const counts = upload.counts ? withDecisions(upload.counts, held) : null;
  const { expectedSequence: expected, sequence: received } = upload;
  return {
    authority: upload.authority,
    sequence: upload.sequence,
    kind: upload.kind,
    state: upload.state,
    progress: { rowsRead: upload.rowsRead },
    fileCode: counts ? fileCodeOf(counts) : (upload.fileCode ?? null),
    message: upload.message ?? null,
    counts,
    gap: expected === received ? null : { expected, received },
    questions: { ...upload.counts?.questions },
    receivedAt: upload.receivedAt.toISOString(),
    finishedAt: upload.finishedAt?.toISOString() ?? null,
    answers: `${uploadPath(upload)}/answers`,
  };
}

function withDecisions(counts: UploadCounts, held: HeldRows): NonNullable<UploadView['counts']> {
  const { rows, unchanged, warnings, recorded, amended, ended } = counts;
  const loaded = counts.loaded + held.applied;
  const rejected = counts.rejected + held.discarded + held.replaced;
  return { rows, loaded, unchanged, rejected, held: held.waiting, warnings, recorded, amended, ended };
}
