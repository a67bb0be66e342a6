import { closeRun } from './run-folder';

/** Jest calls this once, after the last suite: every server of the run is stopped and its folder removed. */
// oxlint-disable-next-line import/no-default-export -- jest asks for it
export default async function globalTearDown(): Promise<void> {
  await closeRun();
}
