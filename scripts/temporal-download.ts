import { TestWorkflowEnvironment } from '@temporalio/testing';
import { ClearError, runScript } from './clear-error';

/** The last cause alone: what comes before it names addresses that help nobody. */
const rootCause = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split(': ').at(-1) ?? '';

// A process of its own, so that a download that hangs can be ended: node -r ./scripts/register.cjs scripts/temporal-download.ts <folder>
runScript(async () => {
  const downloadDir = process.argv[2];
  if (!downloadDir) throw new ClearError('Say which folder to download to.');
  const server = { executable: { type: 'cached-download', downloadDir } } as const;
  try {
    const environment = await TestWorkflowEnvironment.createLocal({ server });
    await environment.teardown();
  } catch (error) {
    throw new ClearError(rootCause(error), { cause: error });
  }
});
