import { Injectable } from '@nestjs/common';
import { alertTaskId } from '../../workflows/alert-task/contract';
import { NewbornsService } from '../births/newborns.service';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { TemporalClient } from '../platform/temporal/temporal-client';
import { DoctorRepository, type OpenAlert } from './doctor.repository';

/** One thing that is not as it should be. `item` is an opaque id; no personal data. */
export interface Finding {
  readonly kind:
    | 'fact-waiting'
    | 'fact-not-told'
    | 'notice-without-alert'
    | 'notice-late'
    | 'birth-without-alert'
    | 'birth-late'
    | 'alert-without-workflow'
    | 'access-without-notice'
    | 'temporal-unreachable';
  readonly item: string;
  readonly authority?: string;
  readonly about: string;
}
/** Waiting is normal; `well` is false when something is late, missing or doubled. */
export interface Report {
  readonly well: boolean;
  readonly findings: readonly Finding[];
}

const toldWithinMs = 60_000;
const askedAtOnce = 10;
/** Waiting for the relay or for a batch is as it should be: listed, but no reason for a bad exit code. */
const expected: ReadonlySet<Finding['kind']> = new Set(['fact-waiting', 'notice-without-alert', 'birth-without-alert']);

/**
 * Reconciles facts, notices, alerts and workflows, and names each item that does not fit.
 * Promises: lists everything, changes nothing. Never: shows a number, a name or a date of a child.
 */
@Injectable()
export class DoctorService {
  constructor(
    private readonly database: Database,
    private readonly repository: DoctorRepository,
    private readonly newborns: NewbornsService,
    private readonly temporal: TemporalClient,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Report> {
    const findings = [
      ...(await this.untold()),
      ...(await this.withoutAlert()),
      ...(await this.birthsWithoutAlert()),
      ...(await this.withoutNotice()),
      ...(await this.withoutWorkflow()),
    ];
    return { well: findings.every((finding) => expected.has(finding.kind)), findings };
  }

  private async untold(): Promise<Finding[]> {
    const facts = await this.database.everything((em) => this.repository.findUntold(em));
    const soon = this.clock.now() - toldWithinMs;
    return facts.map(({ id, topic, key, authority, createdAt, attempts }) => ({
      kind: new Date(createdAt).getTime() > soon ? 'fact-waiting' : 'fact-not-told',
      item: `outbox/${id}`,
      authority,
      about: `${topic} ${key} waits since ${new Date(createdAt).toISOString()}, ${attempts} attempts`,
    }));
  }

  private async withoutAlert(): Promise<Finding[]> {
    const notices = await this.database.everything((em) => this.repository.findWithoutAlert(em));
    return notices.map(({ id, authority, dueAt, slot }) => ({
      kind: new Date(dueAt).getTime() < this.clock.now() ? 'notice-late' : 'notice-without-alert',
      item: `notice/${id}`,
      authority,
      about: `due ${new Date(dueAt).toISOString()}, ${slot === null ? 'not yet claimed' : `claimed by ${slot}`}`,
    }));
  }

  private async birthsWithoutAlert(): Promise<Finding[]> {
    const births = await this.newborns.findUnalerted();
    return births.map(({ id, authority, dueAt }) => ({
      kind: new Date(dueAt).getTime() < this.clock.now() ? 'birth-late' : 'birth-without-alert',
      item: `newborn/${id}`,
      authority,
      about: `due ${new Date(dueAt).toISOString()}`,
    }));
  }

  private async withoutNotice(): Promise<Finding[]> {
    const count = await this.database.everything((em) => this.repository.countWithoutNotice(em));
    return count === 0 ? [] : [{ kind: 'access-without-notice', item: 'access', about: `${count} accesses` }];
  }

  private async withoutWorkflow(): Promise<Finding[]> {
    const alerts = await this.database.everything((em) => this.repository.findOpenAlerts(em));
    if (!(await this.temporal.isReachable()))
      return [
        { kind: 'temporal-unreachable', item: 'temporal', about: `${alerts.length} open alerts could not be compared` },
      ];
    const findings: Finding[] = [];
    for (let start = 0; start < alerts.length; start += askedAtOnce) {
      const some = alerts.slice(start, start + askedAtOnce);
      findings.push(...(await Promise.all(some.map((alert) => this.compare(alert)))).flat());
    }
    return findings;
  }

  private async compare({ id, reference, authority }: OpenAlert): Promise<Finding[]> {
    const status = await this.temporal.statusOf(alertTaskId(id));
    if (status === 'RUNNING') return [];
    const about = `${reference} is open, its workflow is ${status === undefined ? 'not there' : status.toLowerCase()}`;
    return [{ kind: 'alert-without-workflow', item: `alert/${id}`, authority, about }];
  }
}
