/** Settings of unscheduled care: their checks alert (domain 3). */
export const unscheduledSettings = [
  'emergency-department',
  'walk-in-centre',
  'out-of-hours-gp',
  'minor-injuries-unit',
  'paediatric-ward',
  'maternity-unit',
  'ambulance-service',
  'nhs-111',
] as const;

/** Settings of scheduled care: their checks may be silent (domain 3). */
export const scheduledSettings = [
  'gp',
  'camhs',
  'dentistry',
  'school-nursing',
  'health-visiting',
  'community-paediatrics',
  'sexual-health',
] as const;

export type CheckKind = 'unscheduled' | 'scheduled';
export type Setting = (typeof unscheduledSettings)[number] | (typeof scheduledSettings)[number];

/** What does not fit together in a check; each is stored with the access and shown to a person. */
export type AccessFlag =
  /** The kind says one thing, the stated setting another. */
  | 'kind-mismatch'
  /** The stated setting is on neither list. */
  | 'setting-unknown'
  /** The organisation, or the setting it is registered with, is not known. */
  | 'organisation-unknown'
  /** One of stated and registered setting is scheduled care, the other is not. */
  | 'setting-mismatch'
  /** Asked for as scheduled by a caller without the right to read silently (B0170). */
  | 'right-missing';

export interface StatedCheck {
  /** Absent: the caller did not say, so it is unscheduled. */
  readonly kind?: CheckKind | undefined;
  readonly settingStated: string;
  /** As registered; absent when the organisation is not known. */
  readonly organisationSetting?: string | undefined;
  readonly mayReadSilently: boolean;
}

/** A silent access can carry no flag: whatever does not fit alerts. The two shapes cannot be taken for one another. */
export type AccessKind =
  | { readonly silent: true; readonly flags: readonly [] }
  | { readonly silent: false; readonly flags: readonly AccessFlag[] };

/**
 * Whether an access alerts the authority or is a silent read (domain 3). Silent only if kind, stated setting, registered
 * setting and right all say so; everything else alerts, and what does not fit is flagged. Never refuses.
 */
export function judgeAccess(check: StatedCheck): AccessKind {
  const kind = check.kind ?? 'unscheduled';
  const stated = kindOfSetting(check.settingStated);
  const registered = kindOfSetting(check.organisationSetting);
  const flags: AccessFlag[] = [];
  if (stated === undefined) flags.push('setting-unknown');
  if (registered === undefined) flags.push('organisation-unknown');
  if (stated !== undefined && stated !== kind) flags.push('kind-mismatch');
  if (stated !== undefined && registered !== undefined && stated !== registered) flags.push('setting-mismatch');
  if (kind === 'scheduled' && !check.mayReadSilently) flags.push('right-missing');
  return kind === 'scheduled' && flags.length === 0 ? { silent: true, flags: [] } : { silent: false, flags };
}

/** Which kind of care a setting belongs to; undefined for one that is on neither list. */
export function kindOfSetting(setting: string | undefined): CheckKind | undefined {
  if (unscheduledSettings.some((known) => known === setting)) return 'unscheduled';
  return scheduledSettings.some((known) => known === setting) ? 'scheduled' : undefined;
}
