import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { BirthRaising } from './birth-raising.service';
import { RaisingRepository } from './raising.repository';
import { RaisingService } from './raising.service';

const everyMs = 15_000;
const marginMs = 3 * 3_600_000;
const subjectsAtOnce = 200;

/**
 * The second guard of the 24 hours (domain 12): polls the accesses' own hour in PostgreSQL, in every web and worker
 * process, with nobody's help. Promises: three hours before an access's or a birth's hour its alert is raised, batch or no batch,
 * Temporal up or down. Never: waits for another process; rows that one has locked are left to it.
 */
@Injectable()
export class Watchdog {
  private readonly log = new Logger('watchdog');
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly rows: RaisingRepository,
    private readonly raising: RaisingService,
    private readonly births: BirthRaising,
    private readonly clock: Clock,
  ) {}

  start(): void {
    const next = (): void => {
      if (this.stopping) return;
      this.timer = setTimeout(() => {
        this.round = this.look()
          .catch((err: unknown) => this.log.warn({ err }, 'PostgreSQL did not answer; trying again'))
          .then(next);
      }, everyMs);
    };
    next();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** One look. Returns how many alerts it raised. */
  async look(): Promise<number> {
    const by = new Date(this.clock.now() + marginMs);
    const authorities = await this.database.everything((em) => this.rows.findDue(em, by));
    let raised = 0;
    for (const authority of authorities) raised += await this.raiseFor(authority, by);
    raised += await this.births.raise({ by });
    if (raised > 0) this.log.warn({ raised }, 'alerts raised by the watchdog: no batch had come');
    return raised;
  }

  /** Takes and raises in one transaction for each portion, so that a crash leaves nothing half done. */
  private async raiseFor(authority: string, by: Date): Promise<number> {
    const directory = await this.raising.directoryOf(authority);
    return this.database.everything(async (em) => {
      const slots = await this.rows.takeDue(em, authority, by);
      let raised = 0;
      for (const slot of slots)
        while ((await this.rows.countOpen(em, authority, slot)) > 0) {
          const some = await this.raising.raiseSome(em, { authority, slot, directory, limit: subjectsAtOnce });
          if (some === 0) break;
          raised += some;
        }
      return raised;
    });
  }
}
