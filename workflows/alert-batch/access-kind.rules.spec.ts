import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeAccess, scheduledSettings, unscheduledSettings } from './access-kind.rules';
import type { AccessFlag, StatedCheck } from './access-kind.rules';

const silent: StatedCheck = {
  kind: 'scheduled',
  settingStated: 'gp',
  organisationSetting: 'gp',
  mayReadSilently: true,
};
const plain: StatedCheck = {
  kind: 'unscheduled',
  settingStated: 'emergency-department',
  organisationSetting: 'emergency-department',
  mayReadSilently: false,
};

describe('an access', () => {
  it('is silent when kind, stated setting, registered setting and right all say so', () => {
    expect(judgeAccess(silent)).toEqual({ silent: true, flags: [] });
    expect(judgeAccess({ ...silent, settingStated: 'camhs' })).toEqual({ silent: true, flags: [] });
  });

  it('alerts without a flag when it is plainly unscheduled, with or without the right to read silently', () => {
    expect(judgeAccess(plain)).toEqual({ silent: false, flags: [] });
    expect(judgeAccess({ ...plain, mayReadSilently: true })).toEqual({ silent: false, flags: [] });
    expect(judgeAccess({ ...plain, kind: undefined })).toEqual({ silent: false, flags: [] });
    expect(judgeAccess({ ...plain, settingStated: 'paediatric-ward' })).toEqual({ silent: false, flags: [] });
  });

  it.each<[AccessFlag, StatedCheck]>([
    ['right-missing', { ...silent, mayReadSilently: false }],
    ['kind-mismatch', { ...silent, kind: 'unscheduled' }],
    ['kind-mismatch', { ...silent, kind: undefined }],
    ['setting-unknown', { ...silent, settingStated: 'school' }],
    ['organisation-unknown', { ...silent, organisationSetting: undefined }],
    ['organisation-unknown', { ...plain, organisationSetting: undefined }],
    ['setting-mismatch', { ...silent, organisationSetting: 'emergency-department' }],
    ['setting-mismatch', { ...plain, organisationSetting: 'gp' }],
    ['setting-unknown', { ...plain, settingStated: '' }],
  ])('alerts and is flagged %s alone for one thing that does not fit', (flag, check) => {
    expect(judgeAccess(check)).toEqual({ silent: false, flags: [flag] });
  });

  it('alerts and is flagged for each thing that does not fit', () => {
    const check: StatedCheck = {
      kind: 'scheduled',
      settingStated: 'nhs-111',
      organisationSetting: 'gp',
      mayReadSilently: false,
    };
    expect(judgeAccess(check).flags).toEqual(['kind-mismatch', 'setting-mismatch', 'right-missing']);
  });
});

const setting = fc.constantFrom<string>(...unscheduledSettings, ...scheduledSettings, 'school', '');
const anyCheck: fc.Arbitrary<StatedCheck> = fc.record({
  kind: fc.constantFrom('unscheduled', 'scheduled', undefined),
  settingStated: setting,
  organisationSetting: fc.option(setting, { nil: undefined }),
  mayReadSilently: fc.boolean(),
});

const isScheduled = (name: string | undefined) => scheduledSettings.some((known) => known === name);

describe('any access', () => {
  it('is silent only if all four say so', () => {
    fc.assert(
      fc.property(anyCheck, (check) => {
        const allSaySo =
          check.kind === 'scheduled' &&
          isScheduled(check.settingStated) &&
          isScheduled(check.organisationSetting) &&
          check.mayReadSilently;
        expect(judgeAccess(check).silent).toBe(allSaySo);
      }),
      { numRuns: 500 },
    );
  });

  it('that asked to be silent and is not says why', () => {
    fc.assert(
      fc.property(anyCheck, (check) => {
        const { silent: isSilent, flags } = judgeAccess({ ...check, kind: 'scheduled' });
        expect(flags.length > 0).toBe(!isSilent);
      }),
    );
  });
});
