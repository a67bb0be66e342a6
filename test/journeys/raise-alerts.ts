import { randomUUID } from 'node:crypto';
import { AlertsActivitiesOfPostgres } from '../../src/alerts/alerts.activities';
import { BatchesActivitiesOfPostgres } from '../../src/batches/batches.activities';
import type { Product } from '../support/product';

/** Turns an authority's new notices into alerts at once, as its batch does. */
export async function raiseAlerts({ app }: Product, authority: string): Promise<void> {
  const slot = `journey-${randomUUID()}`;
  await app.get(BatchesActivitiesOfPostgres).claimNotices({ authority, slot });
  await app.get(AlertsActivitiesOfPostgres).raiseAlerts({ authority, slot, limit: 100 });
}
