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
import * as rules from './alert-task.rules';
import { acknowledgeAlert, alertSeen, closeAlert, taskState } from './contract';
import type { AlertTask, AlertTaskActivities, TaskDeadlines, TaskIdentity, TaskResult, TaskState } from './contract';

/** Writing a decision is tried until it works: the person was answered, or will be. */
const alerts = proxyActivities<AlertTaskActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: ['alert-not-found'] },
});

/** What one run knows: its handlers and its loop share it. `facts` are there once the row was read. */
interface Desk {
  readonly task: TaskIdentity;
  readonly oneByOne: InTurn;
  state: TaskState;
  facts?: TaskDeadlines;
}

/**
 * The work that one alert gives (domain 11, 13, 14): waits to be seen, asks the manager and then the duty desk, takes the
 * acknowledgement and the closure, and is done when closed. The row is its memory. Fails only when there is no such alert.
 */
export async function alertTask(task: TaskIdentity): Promise<TaskResult> {
  const desk: Desk = { task, oneByOne: inTurn(), state: rules.newTask };
  listen(desk);
  if (!rules.isTaskIdentity(task)) throw refusal('task-identity-malformed');
  setCurrentDetails('Reads the alert.');

  const facts = await alerts.readTask(task.alertId);
  desk.state = rules.catchUp(facts.state, desk.state);
  desk.facts = facts;
  for (;;) {
    await desk.oneByOne(() => escalateWhenDue(desk, facts));
    await condition(allHandlersFinished);
    showWhereItStands(desk, facts);
    const result = rules.resultOf(desk.state);
    if (result !== undefined) return result;
    if (mustRenewTask(desk)) await continueAsNew<AlertTask>(task);
    await untilNews(desk, rules.waitFor(Date.now(), rules.nextDeadline(desk.state, facts)));
  }
}

function listen(desk: Desk): void {
  setHandler(alertSeen, (act) => {
    if (rules.isAct(act)) desk.state = rules.see(desk.state, act.at);
    else log.warn('dropped a malformed act');
  });
  setHandler(taskState, () => desk.state);
  setHandler(
    acknowledgeAlert,
    (act) =>
      decide(desk, {
        rule: () => rules.acknowledge(desk.state, act),
        record: () => alerts.recordAcknowledgement(desk.task.alertId, act),
      }),
    { validator: (act) => answerNow(() => refuse(rules.isAct(act) ? undefined : 'act-malformed')) },
  );
  setHandler(
    closeAlert,
    (closure) =>
      decide(desk, {
        rule: ({ causedBy }) => rules.close(desk.state, closure, causedBy),
        record: () => alerts.recordClosure(desk.task.alertId, closure),
      }),
    { validator: (closure) => answerNow(() => refuse(rules.faultOfClosure(closure))) },
  );
}

interface Deed {
  readonly rule: (facts: TaskDeadlines) => rules.Decision;
  readonly record: () => Promise<void>;
}

/** Rule, row, rule again: while the row was written, a signal may have told that the alert was seen. */
const decide = (desk: Desk, { rule, record }: Deed): Promise<TaskState> =>
  answer(() =>
    desk.oneByOne(async () => {
      const facts = await factsOf(desk);
      if (decided(rule(facts)) !== desk.state) await record();
      desk.state = decided(rule(facts));
      return desk.state;
    }),
  );

async function factsOf(desk: Desk): Promise<TaskDeadlines> {
  await condition(() => desk.facts !== undefined);
  if (desk.facts === undefined) throw refusal('act-failed');
  return desk.facts;
}

async function escalateWhenDue(desk: Desk, facts: TaskDeadlines): Promise<void> {
  const rung = rules.rungDue(desk.state, facts, Date.now());
  if (rung === desk.state.rung) return;
  await alerts.recordEscalation(desk.task.alertId, rung, Date.now());
  desk.state = rules.escalate(desk.state, rung);
}

function showWhereItStands({ task, state }: Desk, facts: TaskDeadlines): void {
  const { stage, schemaVersion } = state;
  setCurrentDetails(rules.detailsOf(state));
  show({ authority: task.authority, stage, schemaVersion, nextDeadline: rules.nextDeadline(state, facts) ?? null });
}

async function untilNews(desk: Desk, atMostMs: number): Promise<void> {
  const before = desk.state;
  await condition(() => desk.state !== before || mustRenewTask(desk), atMostMs, { summary: 'asks the next person' });
}

const mustRenewTask = ({ state }: Desk): boolean => mustRenew(state.schemaVersion, rules.currentSchemaVersion);

function decided(decision: rules.Decision): TaskState {
  if (!decision.allowed) throw refusal(decision.refusal);
  return decision.state;
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw refusal(fault);
}
