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

/** Stores files as they came. The files of one authority arrive one transaction at a time (an advisory lock). */
@Injectable()
export class ArrivalsRepository {
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
