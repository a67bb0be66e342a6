import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Database } from '../platform/database/database';
import { Problem } from '../platform/problems/problem';
import type { ReceivedFile } from './upload-body';
import { UploadEntity, type Upload } from './upload.entity';

/** A file on its way in. */
export interface Arrival {
  readonly authority: string;
  readonly sequence: number;
  readonly kind: 'full' | 'delta';
  readonly by: string;
  readonly at: Date;
}

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

  /**
   * Stores a file, wholly or not at all; the same file under the same sequence is there already and changes nothing.
   * Rejects with `upload-other-content` and `upload-out-of-sequence`.
   */
  async accept(arrival: Arrival, file: ReceivedFile): Promise<Upload> {
    return this.database.as(arrival.authority, async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 3))', [arrival.authority]);
      const { authority, sequence, kind } = arrival;
      const known = await em.findOne(UploadEntity, { authority, sequence });
      if (known && file.contentHash.equals(known.contentHash) && known.kind === kind) return known;
      if (known)
        throw new Problem('upload-other-content', {
          detail: `Sequence ${sequence} came before as a ${known.kind} file.`,
        });
      return this.insert(em, arrival, file);
    });
  }

  private async insert(em: EntityManager, arrival: Arrival, file: ReceivedFile): Promise<Upload> {
    const { authority, sequence, kind, by, at } = arrival;
    const [newest] = await em.find(UploadEntity, { authority }, { orderBy: { sequence: 'desc' }, limit: 1 });
    const expectedSequence = (newest?.sequence ?? 0) + 1;
    if (sequence < expectedSequence)
      throw new Problem('upload-out-of-sequence', { detail: `The next sequence number is ${expectedSequence}.` });
    const keeper = await em.findOne(UploadEntity, { authority, contentHash: file.contentHash, contentOf: null });
    const upload = em.create(UploadEntity, {
      id: randomUUID(),
      authority,
      sequence,
      kind,
      contentHash: file.contentHash,
      contentOf: keeper?.id ?? null,
      state: 'received',
      rowsRead: 0,
      fileCode: null,
      message: null,
      expectedSequence,
      counts: null,
      receivedAt: at,
      receivedBy: by,
      finishedAt: null,
    });
    await em.flush();
    if (!keeper) await insertParts(em, upload, file.parts);
    return upload;
  }

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

async function insertParts(em: EntityManager, { id, authority }: Upload, parts: readonly Buffer[]): Promise<void> {
  for (const [part, bytes] of parts.entries())
    await em.execute('insert into upload_part (upload_id, authority, part, bytes) values (?::uuid, ?, ?, ?)', [
      id,
      authority,
      part,
      bytes,
    ]);
}
