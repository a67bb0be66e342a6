import { openRun } from './run-folder';
import { prepareTemplate } from './template';

/** Jest calls this once, before any suite: the run's folder, and PostgreSQL with a migrated template. */
// oxlint-disable-next-line import/no-default-export -- jest asks for it
export default async function globalSetUp(): Promise<void> {
  await openRun();
  await prepareTemplate();
}
