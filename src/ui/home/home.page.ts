import { Controller, Get, Query, Req, UseInterceptors } from '@nestjs/common';
import { AlertsService } from '../../alerts/alerts.service';
import { Audited, notPersonal } from '../../platform/audit/audited.decorator';
import type { WithCaller } from '../../platform/sign-in/caller.decorator';
import { anyone, May } from '../../platform/sign-in/may.decorator';
import type { Page } from '../layout/page';
import { PageInterceptor } from '../layout/page.interceptor';
import { paths } from '../paths';
import { presentHome, presentWelcome } from './home.presenter';

/** The first page: what this is, and, once signed in, what one can do and how much waits (counts alone, no names). */
@Controller(paths.home)
@UseInterceptors(PageInterceptor)
export class HomePage {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  @May(anyone)
  @Audited(notPersonal)
  async show(@Req() { caller }: WithCaller, @Query('done') done: unknown): Promise<Page> {
    const frame = { template: 'home/home.njk', title: 'Start', section: 'home' } as const;
    if (!caller) return { ...frame, page: presentWelcome(done === 'signed-out' ? 'You are signed out.' : '') };
    const alerts = caller.rights.includes('act-on-alerts') ? await this.alerts.list(caller) : [];
    return { ...frame, page: presentHome(caller, alerts) };
  }
}
