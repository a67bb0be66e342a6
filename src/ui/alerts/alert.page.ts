import { Body, Controller, Get, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AlertView } from '../../alerts/alert.schema';
import { AlertsService } from '../../alerts/alerts.service';
import { NewbornsService } from '../../births/newborns.service';
import { Audited } from '../../platform/audit/audited.decorator';
import { RequestId } from '../../platform/http/request-id.decorator';
import { valid } from '../../platform/http/valid.pipe';
import { Problem } from '../../platform/problems/problem';
import type { Caller } from '../../platform/sign-in/caller';
import { CallerParam } from '../../platform/sign-in/caller.decorator';
import { May } from '../../platform/sign-in/may.decorator';
import { goTo, type GoTo, type Page } from '../layout/page';
import { PageInterceptor } from '../layout/page.interceptor';
import { paths } from '../paths';
import { listQuery, presentAlertList } from './alert-list.presenter';
import { presentAlert, type Happening } from './alert.presenter';
import { declineFields, type DeclineFields } from './decline.form';
import { closureForm, type ClosureFields } from './closure.form';
import { isOpenedByAPerson } from './opened';

/** The pages of those who act on alerts. Refusals come back as the same page: see `alert.problem.ts`. */
@Controller()
@UseInterceptors(PageInterceptor)
export class AlertPages {
  constructor(
    private readonly alerts: AlertsService,
    private readonly newborns: NewbornsService,
  ) {}

  @Get(paths.alerts.list)
  @May('act-on-alerts')
  @Audited('alerts-listed')
  async list(@CallerParam() caller: Caller, @Query() query: Record<string, unknown>): Promise<Page> {
    const page = presentAlertList(await this.alerts.list(caller), listQuery(query));
    return { template: 'alerts/alert-list.njk', title: page.heading, section: 'alerts', page };
  }

  /** Opening the page is the fact "seen" (domain 13), and the only thing that a page's address ever changes. */
  @Get(paths.alerts.one(':alertId'))
  @May('act-on-alerts')
  @Audited('alert-opened')
  async open(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @Query('done') done: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Page> {
    const alert = await this.alerts.get(caller, alertId);
    const sees = alert.stage === 'open' && isOpenedByAPerson(request);
    return alertPage(sees ? await this.alerts.see(caller, alertId) : alert, typeof done === 'string' ? { done } : {});
  }

  @Post(paths.alerts.acknowledgement(':alertId'))
  @May('act-on-alerts')
  @Audited('alert-acknowledged')
  async acknowledge(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @RequestId() requestId: string,
  ): Promise<GoTo> {
    await this.alerts.acknowledge(caller, alertId, requestId);
    return goTo(`${paths.alerts.one(alertId)}?done=acknowledged`);
  }

  @Post(paths.alerts.decline(':alertId'))
  @May('answer-births')
  @Audited('newborn-declined')
  async decline(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @Body(valid(declineFields)) { reason }: DeclineFields,
    @RequestId() requestId: string,
  ): Promise<GoTo> {
    const { birth } = await this.alerts.get(caller, alertId);
    if (!birth) throw new Problem('newborn-not-found');
    await this.newborns.decline(caller, birth.newbornId, { reason, requestId });
    return goTo(`${paths.alerts.one(alertId)}?done=declined`);
  }

  @Post(paths.alerts.closure(':alertId'))
  @May('act-on-alerts')
  @Audited('alert-closed')
  async close(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @Body(valid(closureForm)) { outcome, note }: ClosureFields,
    @RequestId() requestId: string,
  ): Promise<GoTo> {
    await this.alerts.close(caller, alertId, { outcome, ...(note && { note }) }, requestId);
    return goTo(`${paths.alerts.one(alertId)}?done=closed`);
  }
}

/** The page of one alert, after whatever happened. The title carries the reference alone: titles are kept by browsers. */
export const alertPage = (alert: AlertView, happening: Happening = {}, status = 200): Page => ({
  template: 'alerts/alert.njk',
  title: `${happening.errors?.length ? 'Error: ' : ''}Alert ${alert.reference}`,
  section: 'alerts',
  status,
  page: presentAlert(alert, happening),
});
