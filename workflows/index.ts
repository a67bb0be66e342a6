export { childPlan } from './child-plan/child-plan.workflow';
export { alertBatch } from './alert-batch/alert-batch.workflow';
export { alertTask } from './alert-task/alert-task.workflow';
export { birthTransfer } from './birth-transfer/birth-transfer.workflow';
