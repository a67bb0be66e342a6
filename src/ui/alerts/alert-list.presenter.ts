import type { AlertSummary } from '../../alerts/alert.schema';
import { askedWords } from '../layout/domain-words';
import type { Tag } from '../layout/tag';
import { capitalised, counted, spokenTime } from '../layout/words';
import { paths } from '../paths';
import { stageTag } from './stage-tag';

const columns = ['name', 'access', 'accesses', 'due', 'asked', 'stage'] as const;
type Column = (typeof columns)[number];
export type Show = 'open' | 'closed';

/** What the address asks for; anything else in it is the default: open alerts, the one due first on top. */
export interface ListQuery {
  readonly show: Show;
  readonly sort: Column;
  readonly descending: boolean;
}

export interface AlertListView {
  readonly heading: string;
  readonly tabs: readonly { text: string; href: string; current: boolean }[];
  readonly columns: readonly { text: string; href: string; sorted: 'ascending' | 'descending' | 'none' }[];
  readonly rows: readonly AlertRow[];
  readonly empty: string;
}

export interface AlertRow {
  readonly href: string;
  readonly name: string;
  readonly reference: string;
  readonly lastAccess: string;
  readonly accesses: string;
  readonly due: string;
  /** The page of the alert says why. */
  readonly isLate: boolean;
  readonly asked: string;
  readonly owner: string;
  readonly stage: Tag;
}

const columnWords: Readonly<Record<Column, string>> = {
  name: 'Child',
  access: 'Last access',
  accesses: 'Tells of',
  due: 'Due',
  asked: 'Asked now',
  stage: 'State',
};
const stageOrder: Readonly<Record<AlertSummary['stage'], number>> = { open: 0, seen: 1, acknowledged: 2, closed: 3 };
const rungOrder: Readonly<Record<AlertSummary['rung'], number>> = { owner: 0, manager: 1, 'duty-desk': 2 };

/** Reads the address's query: unknown words mean the default, never an error. */
export function listQuery(query: Readonly<Record<string, unknown>>): ListQuery {
  const sort = columns.find((column) => column === query['sort']) ?? 'due';
  return { show: query['show'] === 'closed' ? 'closed' : 'open', sort, descending: query['order'] === 'descending' };
}

/** A worker's alerts as the page prints them. */
export function presentAlertList(alerts: readonly AlertSummary[], query: ListQuery): AlertListView {
  const open = alerts.filter((alert) => alert.stage !== 'closed');
  const closed = alerts.filter((alert) => alert.stage === 'closed');
  const shown = (query.show === 'open' ? open : closed).toSorted(compareBy(query));
  return {
    heading: query.show === 'open' ? 'My alerts' : 'My closed alerts',
    tabs: [
      { text: `Open (${open.length})`, href: listHref({ ...query, show: 'open' }), current: query.show === 'open' },
      {
        text: `Closed (${closed.length})`,
        href: listHref({ ...query, show: 'closed' }),
        current: query.show === 'closed',
      },
    ],
    columns: columns.map((column) => columnHead(column, query)),
    rows: shown.map(presentRow),
    empty: query.show === 'open' ? 'You have no open alerts.' : 'You have no closed alerts.',
  };
}

function presentRow(alert: AlertSummary): AlertRow {
  return {
    href: paths.alerts.one(alert.id),
    name: capitalised(alert.name),
    reference: alert.reference,
    lastAccess: alert.lastAccessAt === undefined ? 'None' : spokenTime(alert.lastAccessAt),
    accesses: toldIn(alert),
    due: spokenTime(alert.dueAt),
    isLate: alert.late !== undefined,
    asked: askedWords(alert),
    owner: alert.owner.name,
    stage: stageTag(alert.stage),
  };
}

/** What the alert tells of, in the fewest words. */
function toldIn(alert: AlertSummary): string {
  if (alert.kind === 'birth') return 'A birth was notified';
  return alert.kind === 'loss' ? 'A loss was notified' : accessesAtPlaces(alert);
}

/** "4 accesses at 3 places". */
export const accessesAtPlaces = (alert: Pick<AlertSummary, 'accesses' | 'places'>): string =>
  `${counted(alert.accesses, 'access', 'accesses')} at ${counted(alert.places, 'place', 'places')}`;

function columnHead(column: Column, query: ListQuery): AlertListView['columns'][number] {
  const current = query.sort === column;
  const sorted = current ? (query.descending ? 'descending' : 'ascending') : 'none';
  const href = listHref({ ...query, sort: column, descending: current && !query.descending });
  return { text: columnWords[column], href, sorted };
}

function listHref({ show, sort, descending }: ListQuery): string {
  const query = new URLSearchParams();
  if (show === 'closed') query.set('show', show);
  if (sort !== 'due') query.set('sort', sort);
  if (descending) query.set('order', 'descending');
  return query.size > 0 ? `${paths.alerts.list}?${query}` : paths.alerts.list;
}

/** Equal rows stand in the order of their due time, then of their reference: the order never flickers. */
function compareBy({ sort, descending }: ListQuery): (a: AlertSummary, b: AlertSummary) => number {
  const direction = descending ? -1 : 1;
  return (a, b) => direction * compare[sort](a, b) || compare.due(a, b) || a.reference.localeCompare(b.reference);
}

const compare: Readonly<Record<Column, (a: AlertSummary, b: AlertSummary) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en-GB'),
  access: (a, b) => newsOf(a).localeCompare(newsOf(b)),
  accesses: (a, b) => a.accesses - b.accesses || a.places - b.places,
  due: (a, b) => a.dueAt.localeCompare(b.dueAt),
  asked: (a, b) => rungOrder[a.rung] - rungOrder[b.rung],
  stage: (a, b) => stageOrder[a.stage] - stageOrder[b.stage],
};

/** A birth is news from when it was raised. */
const newsOf = ({ lastAccessAt, raisedAt }: AlertSummary): string => lastAccessAt ?? raisedAt;
