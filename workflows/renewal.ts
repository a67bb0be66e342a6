import { workflowInfo } from '@temporalio/workflow';
import { isDueForRenewal } from './renewal.rules';

/** True when this run should hand its state to a new one; versions are of the state's shape. */
export function mustRenew(stateVersion: number, currentVersion: number): boolean {
  const { runStartTime, historyLength, continueAsNewSuggested: suggested } = workflowInfo();
  return isDueForRenewal({
    startedAt: runStartTime.getTime(),
    now: Date.now(),
    historyLength,
    suggested,
    stateVersion,
    currentVersion,
  });
}
