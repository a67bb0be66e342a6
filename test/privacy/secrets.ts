import { startOfLondonDay } from '../../src/platform/clock';

/** Something of a person that may stand in no clear text; `whose` is said when it is found. */
export interface Secret {
  readonly kind: 'nhs-number' | 'name' | 'date' | 'text';
  /** Ten digits, one word of a name, an ISO date, or any text (a local id, a phrase of a note). */
  readonly value: string;
  readonly whose: string;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const alone = (pattern: string): string => `(?<![\\p{L}\\p{M}\\d])(?:${pattern})(?![\\p{L}\\p{M}\\d])`;
const noDigitBeside = (pattern: string): string => `(?<!\\d)(?:${pattern})(?!\\d)`;

/** Every way in which a secret would be written, as one pattern. */
export function patternOf({ kind, value }: Secret): RegExp {
  switch (kind) {
    case 'nhs-number':
      return new RegExp(noDigitBeside(numberForms(value)), 'giu');
    case 'date':
      return new RegExp(noDigitBeside(dateForms(value).join('|')), 'giu');
    case 'name':
    case 'text':
      return new RegExp(alone(textForms(value).map(escaped).join('|')), 'giu');
  }
}

/** Plain, 3-3-4, or with any other sign where people put one. */
function numberForms(digits: string): string {
  const between = '(?:[\\s\\u00a0._+-]|%20|&nbsp;|&#160;){0,2}';
  return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].join(between);
}

function textForms(text: string): string[] {
  const whole = [text.normalize('NFC'), text.normalize('NFD')];
  return [...new Set([...whole, ...whole.map(encodeURIComponent), JSON.stringify(text).slice(1, -1)])];
}

/** ISO, British, American, in words, compact, and as an epoch: midnight in London or UTC, in seconds or milliseconds. */
function dateForms(iso: string): string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  const [y, m, d] = [`(?:${year.slice(0, 2)})?${year.slice(2)}`, `0?${Number(month)}`, `0?${Number(day)}`];
  const name = months[Number(month) - 1] ?? '';
  const word = `${name.slice(0, 3)}(?:${name.slice(3)})?\\.?`;
  const nth = `${d}(?:st|nd|rd|th)?`;
  const sign = '[\\/.\\s-]';
  return [
    `${year}${sign}${m}${sign}${d}`,
    `${d}${sign}${m}${sign}${y}`,
    `${m}${sign}${d}${sign}${year}`,
    `${nth}[\\s-]+(?:of\\s+)?${word},?[\\s-]+${y}`,
    `${word}\\s+${nth},?\\s+${year}`,
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    ...epochs(iso),
  ];
}

function epochs(iso: string): string[] {
  const midnights = [...new Set([startOfLondonDay(iso), Date.parse(iso)])];
  return midnights.flatMap((at) => [String(at), String(at / 1000)].map(escaped));
}
