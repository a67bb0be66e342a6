import type { AlertView } from '../../src/alerts/alert.schema';

type Access = AlertView['history'][number];

const access = (at: string, changes: Partial<Access> = {}): Access => ({
  at,
  organisation: { odsCode: 'ZZ101', name: 'Soar Valley Hospital emergency department' },
  setting: 'emergency-department',
  clinician: { name: 'Dr Asha Verma', role: 'Registrar, emergency medicine' },
  scheduled: false,
  inThisAlert: true,
  flags: [],
  ...changes,
});

const walkInCentre = { odsCode: 'ZZ104', name: 'Clock Tower walk-in centre' };
const surgery = { odsCode: 'ZZ201', name: 'Abbey Lane surgery' };

const aBirth: NonNullable<AlertView['birth']> = {
  newbornId: '1b2c3d4e-6d2b-4b57-9f0e-0d6c1f2a3b4c',
  nhsNumber: '999 765 4321',
  motherNhsNumber: '999 123 4567',
  motherLocalId: 'U-17',
  state: 'awaiting',
  birthOrder: 1,
  numberOfBirths: 1,
  isUrgent: false,
  toDo: ['close-mother', 'supply-or-decline'],
  mayDecline: true,
};

const usual: AlertView = {
  id: '6a0c4f6e-6d2b-4b57-9f0e-0d6c1f2a3b4c',
  reference: 'AL-7KQ2-M9XD',
  kind: 'access',
  name: 'Aisha Khan',
  authority: 'E06000016',
  stage: 'open',
  rung: 'owner',
  raisedAt: '2026-11-23T06:00:04.000Z',
  dueAt: '2026-11-23T21:14:00.000Z',
  accesses: 2,
  places: 3,
  lastAccessAt: '2026-11-23T02:40:00.000Z',
  owner: { kind: 'worker', ref: 'W001', name: 'Hana Usman' },
  nhsNumber: '999 123 4567',
  because: 'The allocated worker has it.',
  plans: [{ type: 'CPP', state: 'active', why: 'Active since 2 March 2026; no end is recorded.' }],
  history: [
    access('2026-11-23T02:40:00.000Z'),
    access('2026-11-22T21:14:00.000Z', {
      organisation: walkInCentre,
      setting: 'walk-in-centre',
      clinician: { name: 'Niall O’Neill', role: 'Nurse practitioner' },
      flags: ['kind-mismatch'],
    }),
    access('2026-10-02T10:30:00.000Z', {
      organisation: surgery,
      setting: 'gp',
      clinician: { name: 'Dr Mei Ó Briain', role: 'General practitioner' },
      scheduled: true,
      inThisAlert: false,
    }),
  ],
  clocks: { sent: '2026-11-23T06:00:04.000Z', received: '2026-11-23T06:00:04.000Z' },
  events: [
    {
      kind: 'raised',
      at: '2026-11-23T06:00:04.000Z',
      by: '2026-11-23T06:00Z',
      detail: { owner: 'worker', notices: 2 },
    },
  ],
  actions: ['acknowledge', 'close'],
};

const seenEvent = { kind: 'seen', at: '2026-11-23T09:14:00.000Z', by: 'Hana Usman', detail: {} };
const acknowledgedEvent = { kind: 'acknowledged', at: '2026-11-23T09:16:00.000Z', by: 'Hana Usman', detail: {} };

/** An alert as the service gives it to the pages: `anAlert().seen().build()`. */
class AlertBuilder {
  constructor(private readonly alert: AlertView) {}

  with(changes: Partial<AlertView>): AlertBuilder {
    return new AlertBuilder({ ...this.alert, ...changes });
  }

  seen(): AlertBuilder {
    const { clocks, events } = this.alert;
    return this.with({ stage: 'seen', clocks: { ...clocks, seen: seenEvent.at }, events: [...events, seenEvent] });
  }

  acknowledged(): AlertBuilder {
    const seen = this.seen();
    return seen.with({ stage: 'acknowledged', actions: ['close'], events: [...seen.alert.events, acknowledgedEvent] });
  }

  closed(): AlertBuilder {
    const done = this.acknowledged();
    const closedEvent = {
      kind: 'closed',
      at: '2026-11-23T11:00:00.000Z',
      by: 'Hana Usman',
      detail: { outcome: 'visit-planned' },
    };
    return done.with({
      stage: 'closed',
      actions: [],
      whyNot: 'The alert is closed.',
      outcome: 'visit-planned',
      closingNote: 'Home visit on Tuesday with the health visitor.',
      events: [...done.alert.events, closedEvent],
    });
  }

  late(): AlertBuilder {
    return this.with({
      dueAt: '2026-11-22T21:14:00.000Z',
      late: 'No batch and no watchdog ran between the access and its hour.',
    });
  }

  ofABirth(changes: Partial<NonNullable<AlertView['birth']>> = {}): AlertBuilder {
    const { lastAccessAt: _none, ...alert } = this.alert;
    const born = { kind: 'birth', name: 'baby of Mei Ng', accesses: 0, places: 0, history: [] } as const;
    return new AlertBuilder({ ...alert, ...born, history: [], birth: { ...aBirth, ...changes } });
  }

  ofALoss(): AlertBuilder {
    const birth = this.ofABirth({ state: 'not-expected', toDo: ['close-mother'], mayDecline: false });
    return birth.with({ kind: 'loss' });
  }

  causedByTheReader(): AlertBuilder {
    return this.with({
      actions: ['acknowledge'],
      whyNot: 'You made an access that this alert tells of, so another person must close it.',
    });
  }

  build(): AlertView {
    return this.alert;
  }
}

export const anAlert = (): AlertBuilder => new AlertBuilder(usual);
