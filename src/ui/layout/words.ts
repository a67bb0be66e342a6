const london = { timeZone: 'Europe/London' } as const;
const day = new Intl.DateTimeFormat('en-GB', { ...london, day: 'numeric', month: 'long', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { ...london, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const zone = new Intl.DateTimeFormat('en-GB', { ...london, timeZoneName: 'short' });
const hourMs = 3_600_000;

/**
 * An instant (ISO 8601) as people in London say it: "23 November 2026 at 09:14". The hour that comes twice when the
 * clocks go back is told apart by its zone: "25 October 2026 at 01:30 BST" (domain 12).
 */
export function spokenTime(iso: string): string {
  const at = Date.parse(iso);
  const said = said24(at);
  return [at - hourMs, at + hourMs].some((other) => said24(other) === said) ? `${said} ${zoneOf(at)}` : said;
}

/** A calendar day (ISO date) as people say it: "23 November 2026". */
export const spokenDay = (isoDate: string): string => day.format(Date.parse(`${isoDate}T12:00:00Z`));

/** Ten digits as 3-3-4 (domain 8). */
export const spacedNumber = (digits: string): string =>
  digits.replace(/\s/g, '').replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');

/** "1 access", "4 accesses". */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** A telephone number as a link that phones dial: digits and a leading plus alone. */
export const dialled = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** A code such as `manager-asked` as words, for codes that have none of their own. */
export const unhyphenated = (code: string): string => capitalised(code.replaceAll('-', ' '));

export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const said24 = (at: number): string => `${day.format(at)} at ${time.format(at)}`;
const zoneOf = (at: number): string => zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
