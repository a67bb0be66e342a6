import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AlertsService } from '../../alerts/alerts.service';
import type { Problem } from '../../platform/problems/problem';
import type { WithCaller } from '../../platform/sign-in/caller.decorator';
import { errorAt, errorWithoutField, type FormError } from '../layout/forms';
import type { Page } from '../layout/page';
import { alertPage } from './alert.page';
import type { ClosureForm } from './alert.presenter';

const notKnown =
  'Something went wrong on our side. What you see below is how the alert stands now: look whether your decision is there.';
const plainWords: Readonly<Partial<Record<Problem['type'], string>>> = {
  'alert-already-closed': 'This alert was closed in the meantime. What you see below is how it stands now.',
  'alert-caused-by-caller':
    'You cannot close this alert, because you made an access that it tells of. Ask a colleague or your manager.',
  'newborn-settled': 'This was answered in the meantime. What you see below is how it stands now.',
  'workflows-unavailable':
    'Decisions cannot be stored just now. The alert stays with its owner, and what you typed is still here. Try again in a few minutes.',
  unavailable: 'This cannot be stored just now. What you typed is still here. Try again in a few minutes.',
};

/** A decision that was refused, shown on the alert's page as it stands now, with what the person typed. */
@Injectable()
export class AlertProblems {
  constructor(private readonly alerts: AlertsService) {}

  /** Undefined when the alert itself cannot be shown: not there, not theirs, or the database is down. */
  async explain(problem: Problem, request: FastifyRequest & WithCaller): Promise<Page | undefined> {
    const { alertId } = (request.params ?? {}) as { alertId?: string };
    if (!request.caller || alertId === undefined || problem.status === 404) return undefined;
    const alert = await this.alerts.get(request.caller, alertId).catch(() => undefined);
    return alert && alertPage(alert, { errors: errorsOf(problem), typed: typedIn(request.body) }, problem.status);
  }
}

/** A problem as lines of an error summary: at its fields when it names them, in plain words otherwise. */
export function errorsOf(problem: Problem): FormError[] {
  const { errors } = problem.details;
  const atFields = (errors ?? []).filter(({ field }) => field === 'outcome' || field === 'note' || field === 'reason');
  if (atFields.length > 0) return atFields.map(({ field, message }) => errorAt(field, message));
  const other = problem.status < 500 ? 'This form could not be used. Nothing was stored; send it again.' : notKnown;
  return [errorWithoutField(plainWords[problem.type] ?? other)];
}

function typedIn(body: unknown): ClosureForm {
  const { outcome, note } = (body ?? {}) as Record<string, unknown>;
  return { outcome: typeof outcome === 'string' ? outcome : '', note: typeof note === 'string' ? note : '' };
}
