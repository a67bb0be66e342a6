import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { UploadEntity, type Upload } from './upload.entity';

export interface StoredAnswer {
  readonly row: number;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

/** The files as they came, and what was answered; upload-merging.ts writes their outcome inside the merge. */
@Injectable()
export class UploadsRepository {
  constructor(private readonly database: Database) {}

  findBySequence(authority: string, sequence: number): Promise<Upload | null> {
    return this.database.as(authority, (em) => em.findOne(UploadEntity, { authority, sequence }));
  }

  /** Authorities with a file that came by then and is not merged yet. */
  findWaiting(by: Date): Promise<string[]> {
    return this.database.everything(async (em) => {
      const rows = await em.execute<{ authority: string }[]>(
        `select distinct authority from upload where state = 'received' and received_at <= ? order by authority`,
        [by],
      );
      return rows.map((row) => row.authority);
    });
  }

  /** The file to merge next: files of one authority apply in the order of their sequence. */
  findNext(authority: string): Promise<Upload | null> {
    return this.database.as(authority, (em) =>
      em.findOne(UploadEntity, { authority, state: 'received' }, { orderBy: { sequence: 'asc' } }),
    );
  }

  /** Compressed parts in order, one in memory at a time. */
  async *readParts({ authority, id, contentOf }: Upload): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const [found] = await this.database.as(authority, (em) =>
        em.execute<{ bytes: Buffer }[]>('select bytes from upload_part where upload_id = ?::uuid and part = ?', [
          contentOf ?? id,
          part,
        ]),
      );
      if (!found) return;
      yield found.bytes;
    }
  }

  async showProgress({ authority, id }: Upload, rowsRead: number): Promise<void> {
    await this.database.as(authority, (em) =>
      em.execute(`update upload set rows_read = ? where id = ?::uuid and state = 'received'`, [rowsRead, id]),
    );
  }

  /** Nothing of the file loads; it is answered and done. */
  async refuseFile({ authority, id }: Upload, fault: { fileCode: string; message: string; at: Date }): Promise<void> {
    await this.database.as(authority, (em) =>
      em.execute(
        `update upload set state = 'done', file_code = ?, message = ?, finished_at = ? where id = ?::uuid and state = 'received'`,
        [fault.fileCode, fault.message, fault.at, id],
      ),
    );
  }

  /** Answers that say more than "loaded", by row, after the given one. */
  findAnswers({ authority, id }: Upload, afterRow: number, limit: number): Promise<StoredAnswer[]> {
    return this.database.as(authority, (em) =>
      em.execute<StoredAnswer[]>(
        'select row, code, field, message from upload_row where upload_id = ?::uuid and row > ? order by row limit ?',
        [id, afterRow, limit],
      ),
    );
  }
}
