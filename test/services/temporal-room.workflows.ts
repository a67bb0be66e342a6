import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';

/** A small entity for the tests of src/platform/temporal: a room with a count, told of and decided upon. */
export const entered = defineSignal<[{ who: string }]>('entered');
export const leave = defineUpdate<{ inside: number }, [{ who: string }]>('leave');
export const inside = defineQuery<readonly string[]>('inside');

export const room = async (opening: { label: string }): Promise<{ label: string; seen: number }> => {
  const { announce } = proxyActivities<{ announce(text: string): Promise<string> }>({
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  });
  const present: string[] = [];
  let seen = 0;
  let closed = false;
  setHandler(inside, () => present);
  setHandler(entered, ({ who }) => {
    seen += 1;
    present.push(who);
    closed ||= who === 'the caretaker';
  });
  setHandler(leave, async ({ who }) => {
    if (who === 'somebody slow') await sleep('20s');
    const place = present.indexOf(who);
    if (place < 0) throw ApplicationFailure.nonRetryable(`${who} is not in ${opening.label}`, 'not-inside');
    present.splice(place, 1);
    await announce(`${who} left ${opening.label}`);
    return { inside: present.length };
  });
  await condition(() => closed);
  return { label: opening.label, seen };
};

/** Fails in each way that writes a failure into a history. */
export const misfortune = async (victim: string): Promise<void> => {
  const { collapse } = proxyActivities<{ collapse(text: string): Promise<void> }>({
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 2 },
  });
  await collapse(victim);
};

/** A plain error fails the workflow task, again and again. */
export const stumble = async (victim: string): Promise<void> => {
  throw new Error(`${victim} stumbled`);
};

/** A short process that a schedule starts. */
export const round = async (errand: { label: string }): Promise<string> => errand.label;
