import type { AlertSummary } from '../../alerts/alert.schema';
import type { Tag } from '../layout/tag';

const stages = {
  open: { text: 'New', classes: 'govuk-tag--blue' },
  seen: { text: 'Seen', classes: 'govuk-tag--yellow' },
  acknowledged: { text: 'Acknowledged', classes: 'govuk-tag--green' },
  closed: { text: 'Closed', classes: 'govuk-tag--grey' },
} as const satisfies Record<AlertSummary['stage'], Tag>;

export const stageTag = (stage: AlertSummary['stage']): Tag => stages[stage];
