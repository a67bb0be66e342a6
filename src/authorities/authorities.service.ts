import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/problems/problem';
import { AuthoritiesRepository } from './authorities.repository';
import type { Authority } from './authority.entity';

/** An authority that every check can show a telephone of. */
export type ReadyAuthority = Authority & { readonly emergencyPhone: string };

/** The authorities, their telephones and hours, and the holidays that they share. */
@Injectable()
export class AuthoritiesService {
  constructor(private readonly repository: AuthoritiesRepository) {}

  /** Rejects with `not-found` for a code (GSS) that is none of the 153. */
  async get(gss: string): Promise<Authority> {
    const authority = await this.repository.findByGss(gss);
    if (!authority) throw new Problem('not-found');
    return authority;
  }

  /** Rejects with `authority-not-ready` while it has no emergency-duty telephone: a check must show one (domain 4). */
  async getReady(gss: string): Promise<ReadyAuthority> {
    const authority = await this.get(gss);
    const { emergencyPhone } = authority;
    if (!emergencyPhone) throw new Problem('authority-not-ready');
    return { ...authority, emergencyPhone };
  }

  list(): Promise<Authority[]> {
    return this.repository.findAll();
  }

  /** London ISO dates, ascending. */
  bankHolidays(): Promise<string[]> {
    return this.repository.findBankHolidays();
  }
}
