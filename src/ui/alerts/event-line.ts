import type { AlertView } from '../../alerts/alert.schema';
import { outcomeWords, rungWords } from '../layout/domain-words';
import { counted, spokenTime, unhyphenated } from '../layout/words';

type Happening = AlertView['events'][number];

/** One line of an alert's history. */
export interface EventLine {
  readonly title: string;
  /** Who did it; empty when the product did. */
  readonly by: string;
  /** ISO instant, for machines. */
  readonly at: string;
  readonly when: string;
  readonly detail: string;
}

const titles: Readonly<Record<string, string>> = {
  raised: 'Alert raised',
  'accesses-added': 'More accesses added',
  seen: 'Seen',
  acknowledged: 'Acknowledged',
  escalated: 'Passed on',
  closed: 'Closed',
};
const byPeople = ['seen', 'acknowledged', 'closed'];

/** A happening as a person reads it; a kind that has no words of its own is shown by its name. */
export function presentEvent({ kind, at, by, detail }: Happening): EventLine {
  return {
    title: titles[kind] ?? unhyphenated(kind),
    by: byPeople.includes(kind) ? `by ${by}` : '',
    at,
    when: spokenTime(at),
    detail: detailOf(kind, detail),
  };
}

function detailOf(kind: string, detail: Happening['detail']): string {
  const { notices, about, rung, outcome } = detail;
  if (kind === 'raised' || kind === 'accesses-added')
    return about === 'birth' || about === 'loss'
      ? 'Tells of what the NHS notified'
      : typeof notices === 'number'
        ? `Tells of ${counted(notices, 'access', 'accesses')}`
        : '';
  if (kind === 'escalated') return `${wordsIn(rungWords, rung)} is asked, because nobody had seen it`;
  return kind === 'closed' ? wordsIn(outcomeWords, outcome) : '';
}

const wordsIn = (words: Readonly<Record<string, string>>, code: unknown): string =>
  typeof code === 'string' ? (words[code] ?? unhyphenated(code)) : '';
