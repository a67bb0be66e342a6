import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuthoritiesService } from '../authorities/authorities.service';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { scopeOf } from '../platform/sign-in/scope';
import { HeldChangesService } from '../plans/held-changes.service';
import { ArrivalsRepository } from './arrivals.repository';
import { answerLines, noAnswers } from './answers';
import { csvRows } from './csv-rows';
import { fileBytes, receiveFile } from './upload-body';
import { uploadViewOf } from './upload-view';
import type { Upload } from './upload.entity';
import { UploadsRepository } from './uploads.repository';
import type { ApprovalBody, UploadQuery, UploadView } from './uploads.schema';

const answersAtOnce = 2000;

/**
 * Files of plan records from the authorities.
 * Promises: a file that was answered 202 is stored, is merged once, in order, and each of its rows gets an answer.
 * Never: loses a valid row because another one failed, or deletes a plan because a file did not mention it.
 */
@Injectable()
export class UploadsService {
  constructor(
    private readonly repository: UploadsRepository,
    private readonly arrivals: ArrivalsRepository,
    private readonly heldChanges: HeldChangesService,
    private readonly authorities: AuthoritiesService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Stores the file as it comes. Rejects with `authority-not-ready`, `too-large`, and as `ArrivalsRepository.accept`. */
  async receive(caller: Caller, gss: string, { sequence, kind }: UploadQuery, body: unknown): Promise<UploadView> {
    const authority = scopeOf(caller, gss);
    await this.authorities.getReady(authority);
    if (!(body instanceof Readable))
      throw new Problem('unsupported-media-type', { detail: 'A file is sent as text/csv.' });
    const file = await receiveFile(body, this.config.uploadLimitBytes);
    const arrival = { authority, sequence, kind, by: caller.id, at: this.clock.instant() };
    return this.view(await this.arrivals.accept(arrival, file));
  }

  /** Rejects with `upload-not-found`. */
  async get(caller: Caller, gss: string, sequence: string): Promise<UploadView> {
    return this.view(await this.find(caller, gss, sequence));
  }

  /** One line a row, as bytes of CSV. Rejects with `upload-not-found`, `upload-not-finished`. */
  async answers(caller: Caller, gss: string, sequence: string): Promise<Readable> {
    const upload = await this.find(caller, gss, sequence);
    if (upload.state !== 'done') throw new Problem('upload-not-finished', { retryAfterSeconds: 1 });
    if (!upload.counts) return Readable.from([noAnswers()]);
    const held = await this.heldChanges.rowsOf(upload);
    const rows = csvRows(fileBytes(this.repository.readParts(upload)));
    return Readable.from(answerLines(rows, (after) => this.repository.findAnswers(upload, after, answersAtOnce), held));
  }

  /** Applies or discards what the guard holds of a file. The same again changes nothing. Rejects with `upload-not-waiting`. */
  async decide(caller: Caller, gss: string, sequence: string, { decision }: ApprovalBody): Promise<UploadView> {
    const upload = await this.find(caller, gss, sequence);
    const decided = decision === 'apply' ? 'applied' : 'discarded';
    const rows = await this.heldChanges.decide(upload, decided, caller.id);
    if (rows === 0 && !(await this.wasDecided(upload, decided))) throw new Problem('upload-not-waiting');
    return this.view(upload);
  }

  private async wasDecided(upload: Upload, decided: 'applied' | 'discarded'): Promise<boolean> {
    return [...(await this.heldChanges.rowsOf(upload)).values()].includes(decided);
  }

  private async find(caller: Caller, gss: string, sequence: string): Promise<Upload> {
    const authority = scopeOf(caller, gss);
    const upload = /^[0-9]{1,9}$/.test(sequence)
      ? await this.repository.findBySequence(authority, Number(sequence))
      : null;
    if (!upload) throw new Problem('upload-not-found');
    return upload;
  }

  private async view(upload: Upload): Promise<UploadView> {
    const states = upload.counts?.held ? [...(await this.heldChanges.rowsOf(upload)).values()] : [];
    const count = (state: string): number => states.filter((each) => each === state).length;
    return uploadViewOf(upload, {
      waiting: count('waiting'),
      applied: count('applied'),
      discarded: count('discarded'),
      replaced: count('replaced'),
    });
  }
}
