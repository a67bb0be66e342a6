import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock';
import type { Organisation } from './organisation.entity';
import { OrganisationsRepository } from './organisations.repository';

const rereadAfterMs = 60_000;
type Known = ReadonlyMap<string, Organisation>;

/**
 * The NHS organisations that we know, by ODS code.
 * Promises: costs a check no statement (they are kept for a minute), and an outage leaves what was known.
 * Never refuses: an organisation that we do not know is answered and flagged (domain 3).
 */
@Injectable()
export class OrganisationsService {
  private readonly log = new Logger('organisations');
  private known: Known | undefined;
  private reading: Promise<Known> | undefined;
  private readAt = 0;

  constructor(
    @Inject(OrganisationsRepository) private readonly repository: Pick<OrganisationsRepository, 'findAll'>,
    private readonly clock: Clock,
  ) {}

  /** Undefined when we do not know it, or when nothing could be read yet. */
  async find(odsCode: string): Promise<Organisation | undefined> {
    const isStale = Math.abs(this.clock.now() - this.readAt) >= rereadAfterMs;
    if (isStale) this.reading ??= this.reread();
    const known = this.known ?? (await this.reading);
    return known?.get(odsCode);
  }

  private async reread(): Promise<Known> {
    try {
      const all = await this.repository.findAll();
      this.known = new Map(all.map((organisation) => [organisation.odsCode, organisation]));
      this.readAt = this.clock.now();
    } catch (err) {
      this.log.warn({ err }, 'the organisations cannot be read; what was known stands');
    } finally {
      this.reading = undefined;
    }
    return this.known ?? new Map();
  }
}
