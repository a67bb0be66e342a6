import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { judgeAccess } from '../../workflows/alert-batch/access-kind.rules';
import { judgeNhsNumber } from '../nhs-numbers/nhs-number';
import { OrganisationsService } from '../organisations/organisations.service';
import { Clock, londonDay } from '../platform/clock';
import { Config } from '../platform/config';
import { Problem, type FieldError } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { AccessesRepository, type Answered, type CheckToStore } from './accesses.repository';
import { answerOf } from './check-answer';
import { CheckMetrics } from './check-metrics';
import type { CheckAnswer, CheckRequest } from './check.schema';

/** National role-based access code of a silent read (domain 3). */
const silentRight = 'B0170';
const repeatableForMs = 10 * 60_000;

type Asked = Pick<CheckToStore, 'organisation' | 'setting' | 'clinician'>;

/**
 * The check: does this NHS number carry a plan?
 * Promises: an answer only after the access, its notices and what was found are committed together (P1); the same
 * request id gets the same answer. Never: says "no plan" because something was down (domain 5) – that is `could-not-check`.
 */
@Injectable()
export class AccessesService {
  constructor(
    private readonly repository: AccessesRepository,
    private readonly organisations: OrganisationsService,
    private readonly metrics: CheckMetrics,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Rejects with `nhs-number-not-valid`, `invalid-request`, `request-id-used`, `request-id-other-body`, `could-not-check`. */
  async check(caller: Caller, request: CheckRequest, requestId: string): Promise<CheckAnswer> {
    const began = performance.now();
    try {
      const answer = await this.answer(caller, request, requestId);
      this.metrics.answered(answer.answer, performance.now() - began);
      return answer;
    } catch (cause) {
      const problem = knownRefusal(cause) ?? new Problem('could-not-check', { cause, retryAfterSeconds: 1 });
      this.metrics.answered(problem.type, performance.now() - began);
      throw problem;
    }
  }

  private async answer(caller: Caller, request: CheckRequest, requestId: string): Promise<CheckAnswer> {
    const number = judgeNhsNumber(request.nhsNumber, { testNumbersAllowed: !this.config.production });
    if (!number.valid) throw new Problem('nhs-number-not-valid', { field: 'nhsNumber', detail: number.message });
    const check = await this.toStore(caller, request, requestId, number.nhsNumber);
    const found = await this.repository.store(check);
    if (!found) return this.answeredBefore(check);
    return answerOf({ ...headOf(check), ...found });
  }

  private async toStore(
    caller: Caller,
    request: CheckRequest,
    requestId: string,
    nhsNumber: string,
  ): Promise<CheckToStore> {
    const asked = await this.asked(caller, request);
    const registered = await this.organisations.find(asked.organisation);
    const kind = request.kind ?? 'unscheduled';
    const { silent, flags } = judgeAccess({
      kind,
      settingStated: asked.setting,
      organisationSetting: registered?.setting,
      mayReadSilently: caller.roles.includes(silentRight),
    });
    const now = this.clock.now();
    return {
      ...asked,
      id: shortHash([caller.client, requestId]),
      at: new Date(now),
      today: londonDay(now),
      nhsNumber,
      silent,
      kind,
      client: caller.client,
      bodyHash: shortHash([nhsNumber, kind, asked]),
      flags,
    };
  }

  /** A person's organisation and name come from the token, a system's from the request. */
  private async asked(caller: Caller, request: CheckRequest): Promise<Asked> {
    if (caller.kind === 'system') return complete(request);
    const organisation = caller.organisation ?? 'unknown';
    const setting = request.setting ?? (await this.organisations.find(organisation))?.setting ?? 'unknown';
    return {
      organisation,
      setting,
      clinician: { id: caller.id, name: caller.name, role: caller.clinicianRole ?? 'unknown' },
    };
  }

  private async answeredBefore(check: CheckToStore): Promise<CheckAnswer> {
    const before = await this.repository.findAnswered(check);
    if (!before) throw new Error('a used request id has no answer');
    if (!before.same_body) throw new Problem('request-id-other-body');
    if (check.at.getTime() - before.at.getTime() > repeatableForMs) throw new Problem('request-id-used');
    return answerOf({
      ...headOf({ ...check, ...before, flags: before.flags ?? [] }),
      answer: before.answer,
      detail: before.detail,
    });
  }
}

/** The first 122 bits of SHA-256 as a UUID of version 8 (RFC 9562). */
function shortHash(parts: readonly unknown[]): string {
  const hex = hash('sha256', JSON.stringify(parts));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Head = Pick<CheckToStore, 'id' | 'nhsNumber' | 'at' | 'kind' | 'silent' | 'flags'>;
const headOf = ({ id, nhsNumber, at, kind, silent, flags }: Head | (Head & Answered)) => ({
  id,
  nhsNumber,
  answeredAt: at.toISOString(),
  kind,
  silent,
  flags: [...flags],
});

function complete({ organisation, setting, clinician }: CheckRequest): Asked {
  if (organisation !== undefined && setting !== undefined && clinician !== undefined)
    return { organisation, setting, clinician };
  const errors: FieldError[] = Object.entries({ organisation, setting, clinician })
    .filter(([, value]) => value === undefined)
    .map(([field]) => ({ field, message: 'A system must say this in each check.' }));
  throw new Problem('invalid-request', { errors });
}

/** What the caller can put right; anything else kept us from knowing. */
const knownRefusal = (cause: unknown): Problem | undefined =>
  cause instanceof Problem && cause.status < 500 ? cause : undefined;
