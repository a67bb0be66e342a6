import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import type { Organisation } from './organisation.entity';
import type { OrganisationsRepository } from './organisations.repository';
import { OrganisationsService } from './organisations.service';

const ward: Organisation = { odsCode: 'ZZ101', name: 'Ward', setting: 'paediatric-ward', town: 'Leicester' };

/** The rows as a test wants them: how often they were read, and whether they can be. */
class Rows implements Pick<OrganisationsRepository, 'findAll'> {
  reads = 0;
  all: Organisation[] = [ward];
  isDown = false;

  async findAll(): Promise<Organisation[]> {
    this.reads += 1;
    if (this.isDown) throw new Error('no answer');
    return this.all;
  }
}

const set = (): { rows: Rows; clock: Clock; organisations: OrganisationsService } => {
  const rows = new Rows();
  const clock = new Clock(new Config({ NODE_ENV: 'test' }));
  return { rows, clock, organisations: new OrganisationsService(rows, clock) };
};

Logger.overrideLogger(false);

describe('organisations', () => {
  it('are read once for many checks, and again after a minute', async () => {
    const { rows, clock, organisations } = set();
    await Promise.all([1, 2, 3].map(() => organisations.find('ZZ101')));
    expect(rows.reads).toBe(1);
    rows.all = [{ ...ward, name: 'Renamed' }];
    clock.advance(60_001);
    await organisations.find('ZZ101');
    await organisations.find('ZZ101');
    expect((await organisations.find('ZZ101'))?.name).toBe('Renamed');
    expect(rows.reads).toBe(2);
  });

  it('stay known through an outage, and are unknown, not an error, when none was ever read', async () => {
    const { rows, clock, organisations } = set();
    rows.isDown = true;
    expect(await organisations.find('ZZ101')).toBeUndefined();
    rows.isDown = false;
    expect(await organisations.find('ZZ101')).toEqual(ward);
    rows.isDown = true;
    clock.advance(60_001);
    expect(await organisations.find('ZZ101')).toEqual(ward);
    expect(await organisations.find('unknown')).toBeUndefined();
  });
});
