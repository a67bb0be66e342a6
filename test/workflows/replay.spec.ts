import { describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import * as workflows from '../../workflows/index';
import { storedHistories } from './history-files';
import type { StoredHistory } from './history-files';
import { bundlePath, dataConverter, quieten } from './worker-parts';

const stored = storedHistories();

/** The names of the histories that today's code would not have written, with what it says of each. */
async function misfits(histories: readonly StoredHistory[]): Promise<readonly string[]> {
  quieten();
  const options: ReplayWorkerOptions = { workflowBundle: { codePath: await bundlePath() }, dataConverter };
  const asked = histories.map(({ name, history }) => ({ workflowId: name, history }));
  const found: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, asked))
    if (error !== undefined) found.push(`${workflowId}: ${error.message}`);
  return found;
}

describe('the stored histories', () => {
  it('hold one of each workflow', () => {
    expect(Object.keys(workflows).filter((type) => !stored.some(({ workflowType }) => workflowType === type))).toEqual(
      [],
    );
  });

  it('are all replayed by today’s code, with the codec', async () => {
    expect(await misfits(stored)).toEqual([]);
  }, 120_000);

  it('are told from one that today’s code would not have written', async () => {
    const [whole] = stored.filter(({ name }) => name.startsWith('alert-batch'));
    const events = whole?.history.events ?? [];
    const renamed = events.map((event) =>
      event.activityTaskScheduledEventAttributes?.activityType?.name === 'recordBatch'
        ? {
            ...event,
            activityTaskScheduledEventAttributes: {
              ...event.activityTaskScheduledEventAttributes,
              activityType: { name: 'forgetBatch' },
            },
          }
        : event,
    );
    expect(await misfits([{ name: 'planted', workflowType: 'alertBatch', history: { events: renamed } }])).toHaveLength(
      1,
    );
  }, 120_000);
});
