import type { WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import { birthTransfer, birthTransferId, transferEvents } from '../../workflows/birth-transfer/contract';
import type { Baby, BirthTransfer, Decline, TransferEvent } from '../../workflows/birth-transfer/contract';
import { taskQueue } from '../../workflows/task-queue';
import { authority } from './plan-room';
import { openTimeRoom } from './time-room';
import type { TimeRoom } from './time-room';
import { TransferFacts } from './transfer-facts';

const at = '2026-11-23T09:00:00Z';
let lastId = 0;
export const toldOf = (kind: TransferEvent['kind'], id = (lastId += 1)): TransferEvent => ({ id, kind, at });
export const declineOf = (newbornId: string, reason: Decline['reason'] = 'wrong-match'): Decline => ({
  newbornId,
  by: 'anna',
  at: 1_000,
  reason,
});
export type Transfer = WorkflowHandleWithSignaledRunId<BirthTransfer>;

/** A time room with births in it. */
export class TransferRoom {
  private constructor(
    readonly time: TimeRoom,
    readonly facts: TransferFacts,
  ) {}

  static readonly open = async (): Promise<TransferRoom> => {
    const facts = new TransferFacts();
    return new TransferRoom(await openTimeRoom(() => facts.activities), facts);
  };

  /** A baby is notified: its row is there, and the relay tells the transfer. */
  async isBorn(planId: string, newbornId: string, baby: Partial<Baby> = {}): Promise<Transfer> {
    const { motherIsClosed = false, babies = [] } = this.facts.plans.get(planId) ?? {};
    const knownAt = await this.time.now();
    const born = { newbornId, state: 'awaiting', birthOrder: 1, numberOfBirths: 1, knownAt, ...baby } as const;
    this.facts.plans.set(planId, { motherIsClosed, babies: [...babies, born] });
    return this.tell(planId, toldOf('born'));
  }

  async closesHerRecord(planId: string): Promise<Transfer> {
    const { babies = [] } = this.facts.plans.get(planId) ?? {};
    this.facts.plans.set(planId, { motherIsClosed: true, babies });
    return this.tell(planId, toldOf('mother-changed'));
  }

  async suppliesPlan(planId: string, newbornId: string): Promise<Transfer> {
    this.facts.change(planId, newbornId, { state: 'supplied' });
    return this.tell(planId, toldOf('supplied'));
  }

  /** As the relay does: signal-with-start. */
  tell(planId: string, ...events: TransferEvent[]): Promise<Transfer> {
    return this.time.workflow.signalWithStart<BirthTransfer, [readonly TransferEvent[]]>(birthTransfer, {
      taskQueue,
      workflowId: birthTransferId(planId),
      args: [{ planId, authority }],
      signal: transferEvents,
      signalArgs: [events],
    });
  }
}
