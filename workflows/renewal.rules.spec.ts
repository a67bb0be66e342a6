import { describe, expect, it } from '@jest/globals';
import { isDueForRenewal, renewAfterDays, renewAfterEvents } from './renewal.rules';

const age = renewAfterDays * 86_400_000;
const run = { startedAt: 1_000, now: 1_000, historyLength: 3, suggested: false, stateVersion: 1, currentVersion: 1 };

describe('a run', () => {
  it('lives on while it is young and short', () => {
    expect(isDueForRenewal({ ...run, now: 1_000 + age - 1, historyLength: renewAfterEvents - 1 })).toBe(false);
  });

  it('is renewed at its age, its length, the server’s suggestion or a new shape of its state', () => {
    expect(isDueForRenewal({ ...run, now: 1_000 + age })).toBe(true);
    expect(isDueForRenewal({ ...run, historyLength: renewAfterEvents })).toBe(true);
    expect(isDueForRenewal({ ...run, suggested: true })).toBe(true);
    expect(isDueForRenewal({ ...run, currentVersion: 2 })).toBe(true);
  });
});
