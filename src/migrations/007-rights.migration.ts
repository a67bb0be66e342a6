import { Migration } from '@mikro-orm/migrations';

const tenantTables = [
  'team',
  'person',
  'plan',
  'plan_number',
  'plan_event',
  'question',
  'upload',
  'upload_part',
  'upload_row',
  'waiting_change',
  'notice',
  'alert',
  'alert_event',
  'delivery',
  'batch',
  'outbox',
];
const insertOnly = ['plan_event', 'alert_event', 'audit_entry'];
const writable = [
  'plan',
  'plan_number',
  'question',
  'upload',
  'upload_part',
  'upload_row',
  'waiting_change',
  'notice',
  'alert',
  'delivery',
  'batch',
  'outbox',
  'command_request',
  'session',
];

/**
 * Who may touch what. `cpis_app` (web and worker) sees the rows of the authority that the transaction named in
 * `cpis.authority` ('*' is the product itself, unset sees nothing); `cpis_check` answers checks under fixed policies.
 */
export class RightsMigration extends Migration {
  override name = '007-rights';

  override up(): void {
    this.addSql(`
      grant usage on schema public to cpis_app, cpis_check;
      grant select on access_default, authority, bank_holiday, organisation, ${tenantTables.join(', ')}, access, audit_entry, check_request, command_request, session to cpis_app;
      grant insert on ${insertOnly.join(', ')} to cpis_app;
      grant insert, update on ${writable.join(', ')} to cpis_app;
      grant delete on session, plan_number, check_request, command_request to cpis_app;
      grant execute on function ensure_access_partitions to cpis_app;
      grant select on authority, organisation, plan, plan_number, access, check_request to cpis_check;
      grant insert on access, check_request, notice, outbox to cpis_check;
      revoke execute on function ensure_access_partitions from public;
    `);
    for (const table of tenantTables) {
      this.addSql(`
        alter table ${table} enable row level security;
        create policy of_the_authority on ${table} to cpis_app
          using (current_setting('cpis.authority', true) in (authority, '*'))
          with check (current_setting('cpis.authority', true) in (authority, '*'));
      `);
    }
    this.addSql(`
      alter table access enable row level security;
      create policy of_a_plan on access for select to cpis_app using (
        current_setting('cpis.authority', true) = '*'
        or exists (select from plan_number n where n.nhs_number = access.nhs_number)
      );
      create policy check_reads on plan for select to cpis_check using (true);
      create policy check_reads on plan_number for select to cpis_check using (true);
      create policy check_reads on access for select to cpis_check using (true);
      create policy check_stores on access for insert to cpis_check with check (true);
      create policy check_notices on notice for insert to cpis_check with check (true);
      create policy check_tells on outbox for insert to cpis_check with check (topic = 'child-plan');
    `);
  }
}
