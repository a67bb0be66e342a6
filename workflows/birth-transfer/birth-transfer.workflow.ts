import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { show } from '../findable';
import { answer, answerNow, inTurn, refusal } from '../handlers';
import type { InTurn } from '../handlers';
import { mustRenew } from '../renewal';
import * as rules from './birth-transfer.rules';
import { declineNewborn, transferEvents, transferState } from './contract';
import type {
  BirthTransfer,
  BirthTransferActivities,
  Decline,
  TransferIdentity,
  TransferResult,
  TransferState,
} from './contract';
import { detailsOf, resultOf, stageOf } from './transfer-words.rules';

/** Tried until it works: no birth is forgotten because something was down. */
const acts = proxyActivities<BirthTransferActivities>({
  startToCloseTimeout: '30 seconds',
  retry: {
    initialInterval: '1 second',
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['plan-not-found', 'newborn-not-found'],
  },
});

/** What one run knows: its handlers and its loop share it. */
interface Desk {
  readonly transfer: TransferIdentity;
  readonly oneByOne: InTurn;
  state: TransferState;
  factsChanged: boolean;
}

/**
 * From a notified birth to the newborn's confirmed plan (domain 7): sends the alert, takes a refusal, reminds who does not
 * answer, and is done when the mother's record is closed and each baby's plan supplied or declined, in any order.
 * It never answers a check, SQL does. It fails only when there is no such plan.
 */
export async function birthTransfer(transfer: TransferIdentity, carried?: TransferState): Promise<TransferResult> {
  const desk: Desk = { transfer, oneByOne: inTurn(), state: rules.upgrade(carried), factsChanged: true };
  listen(desk);
  if (!rules.isTransferIdentity(transfer)) throw refusal('transfer-identity-malformed');
  setCurrentDetails('Looks at the facts.');

  for (;;) {
    await desk.oneByOne(() => look(desk));
    await desk.oneByOne(() => remindWhenDue(desk));
    await condition(allHandlersFinished);
    if (desk.factsChanged) continue;
    const isDone = rules.isDone(desk.state, Date.now());
    showWhereItStands(desk, isDone);
    if (isDone) return resultOf(desk.state);
    if (renews(desk)) await continueAsNew<BirthTransfer>(transfer, desk.state);
    await untilNews(desk, rules.waitFor(Date.now(), rules.nextClock(desk.state)));
  }
}

function listen(desk: Desk): void {
  setHandler(transferEvents, (payload) => {
    const { events, dropped } = rules.eventsIn(payload);
    if (dropped > 0) log.warn('dropped malformed transfer events', { dropped });
    desk.factsChanged ||= rules.unheard(desk.state, events).length > 0;
    desk.state = rules.tell(desk.state, events);
  });
  setHandler(transferState, () => desk.state);
  setHandler(declineNewborn, (decline) => answer(() => desk.oneByOne(() => declineOne(desk, decline))), {
    validator: (decline) => answerNow(() => refuse(rules.faultOfDecline(decline))),
  });
}

/** Reads the facts until nothing new was told meanwhile, and has the alerts of new births raised. */
async function look(desk: Desk): Promise<void> {
  while (desk.factsChanged) {
    desk.factsChanged = false;
    const review = await acts.reviewTransfer(desk.transfer.planId);
    desk.state = rules.reviewed(desk.state, review, Date.now());
    await acts.raiseBirthAlerts(desk.transfer.planId);
  }
}

async function remindWhenDue(desk: Desk): Promise<void> {
  const step = rules.stepDue(desk.state, Date.now());
  const baby = rules.babyToRemindOf(desk.state);
  if (step === undefined || baby === undefined) return;
  await acts.raiseBirthReminder({ newbornId: baby.newbornId, to: step, at: Date.now() });
  desk.state = { ...desk.state, step };
}

/** Rule on the facts as they are now, row, then the facts once more. */
async function declineOne(desk: Desk, decline: Decline): Promise<TransferState> {
  desk.factsChanged = true;
  await look(desk);
  if (mustRecord(rules.decline(desk.state, decline))) {
    await acts.recordDecline(decline);
    desk.factsChanged = true;
    await look(desk);
    // the baby's plan may have come in the same moment: then the row says so, and the answer is a refusal
    mustRecord(rules.decline(desk.state, decline));
  }
  return desk.state;
}

function mustRecord(decision: rules.Decision): boolean {
  if (!decision.allowed) throw refusal(decision.refusal);
  return decision.isNew;
}

function showWhereItStands({ transfer, state }: Desk, isDone: boolean): void {
  setCurrentDetails(detailsOf(state));
  show({ authority: transfer.authority, stage: stageOf(state, isDone), schemaVersion: state.schemaVersion });
}

async function untilNews(desk: Desk, atMostMs: number): Promise<void> {
  const before = desk.state;
  await condition(() => desk.factsChanged || desk.state !== before || renews(desk), atMostMs, { summary: 'reminds' });
}

const renews = ({ state }: Desk): boolean => mustRenew(state.schemaVersion, rules.currentSchemaVersion);

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw refusal(fault);
}
