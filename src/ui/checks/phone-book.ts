import { Injectable } from '@nestjs/common';
import { AuthoritiesService } from '../../authorities/authorities.service';
import { phone, type Phone } from './plan-card';

/**
 * The emergency-duty telephones, for those who could not check. It remembers the last list it read, because it is
 * needed most when PostgreSQL does not answer; the rows stay the truth.
 */
@Injectable()
export class PhoneBook {
  private remembered: readonly Phone[] = [];

  constructor(private readonly authorities: AuthoritiesService) {}

  /** Never rejects: without the database, the list as last read, or an empty one. */
  async list(): Promise<readonly Phone[]> {
    const authorities = await this.authorities.list().catch(() => undefined);
    if (authorities) {
      this.remembered = authorities.flatMap(({ name, emergencyPhone }) =>
        emergencyPhone ? [phone(name, emergencyPhone)] : [],
      );
    }
    return this.remembered;
  }
}
