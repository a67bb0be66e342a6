import type { ConnectionLike } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { startOfLondonDay } from '../../src/platform/clock';
import { eighteenthBirthday } from '../../workflows/dates.rules';
import { people, type Person } from './people';

const { CommandType } = temporal.api.enums.v1;
const namespace = 'default';
const taskQueue = { name: 'planted' };

/** Where a sin was planted, as the scan names the place, and what stands there. */
export const planted: readonly RegExp[] = [
  /^list entry of planted planted\/.*workflowId.*999/m,
  /^list entry of .*Thistlewick/m,
  /^description of .*child.*"Quenlindra"/m,
  /^history of .*"Quenlindra"/m,
  /^history of .*timerId.*LX-70011/m,
  /^history of .*message.*Thistlewick/m,
  /^summaries of .*of Quenlindra/m,
  /^summaries of .*until the birthday of Thistlewick/m,
  /^schedule planted.*Thistlewick/m,
];

const clear = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
/** A client without a codec, and a worker that writes names where the product writes none. */
export async function plantIn(connection: ConnectionLike, person: Person): Promise<void> {
  const { workflowService } = connection;
  await workflowService.startWorkflowExecution({
    namespace,
    taskQueue,
    workflowType: { name: 'planted' },
    workflowId: `planted/${person.nhsNumber}`,
    requestId: 'planted',
    input: { payloads: [clear(person.givenName)] },
    memo: { fields: { child: clear(person.givenName) } },
    searchAttributes: { indexedFields: { Stage: keyword(person.familyName) } },
    userMetadata: { summary: clear(`Plan of ${person.givenName}`) },
  });
  const { taskToken } = await connection.withDeadline(Date.now() + 20_000, () =>
    workflowService.pollWorkflowTaskQueue({ namespace, taskQueue }),
  );
  await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands: commandsOf(person) });
  await plantSchedule(connection, person);
}

function commandsOf({ familyName, localId }: Person): temporal.api.command.v1.ICommand[] {
  const birthday = startOfLondonDay(eighteenthBirthday(people.nearly18.birthDate));
  return [
    {
      commandType: CommandType.COMMAND_TYPE_START_TIMER,
      startTimerCommandAttributes: { timerId: localId, startToFireTimeout: msToTs(birthday - Date.now()) },
      userMetadata: { summary: clear(`until the birthday of ${familyName}`) },
    },
    {
      commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
      failWorkflowExecutionCommandAttributes: { failure: { message: `no plan of ${familyName}` } },
    },
  ];
}

async function plantSchedule({ workflowService }: ConnectionLike, { familyName }: Person): Promise<void> {
  const startWorkflow = { workflowId: 'planted', workflowType: { name: 'planted' }, taskQueue };
  await workflowService.createSchedule({
    namespace,
    scheduleId: 'planted',
    requestId: 'planted',
    schedule: { action: { startWorkflow }, state: { paused: true, notes: `for ${familyName}` } },
  });
}

const keyword = (value: string): Payload => ({
  ...clear(value),
  metadata: { ...clear(value).metadata, type: Buffer.from('Keyword') },
});
