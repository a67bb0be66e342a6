import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../../test/builders/alert.builder';
import { listQuery, presentAlertList, type ListQuery } from './alert-list.presenter';

const asked = (query: Record<string, unknown> = {}): ListQuery => listQuery(query);
const early = anAlert()
  .with({ id: 'a', reference: 'AL-A', name: 'Zoe Adams', dueAt: '2026-11-23T08:00:00Z', accesses: 1 })
  .build();
const later = anAlert()
  .with({ id: 'b', reference: 'AL-B', name: 'Åsa Berg', dueAt: '2026-11-24T08:00:00Z', accesses: 9 })
  .build();
const done = anAlert().closed().with({ id: 'c', reference: 'AL-C' }).build();
const names = (query: Record<string, unknown> = {}): string[] =>
  presentAlertList([later, done, early], asked(query)).rows.map((row) => row.name);

describe("a worker's list of alerts", () => {
  it('puts the alert that is due first on top', () => {
    expect(names()).toEqual(['Zoe Adams', 'Åsa Berg']);
  });

  it('sorts as the address asks, in both directions', () => {
    expect(names({ sort: 'name' })).toEqual(['Åsa Berg', 'Zoe Adams']);
    expect(names({ sort: 'accesses', order: 'descending' })).toEqual(['Åsa Berg', 'Zoe Adams']);
    expect(names({ sort: 'accesses' })).toEqual(['Zoe Adams', 'Åsa Berg']);
  });

  it('shows open alerts unless closed ones are asked for, and counts both', () => {
    const { tabs, rows } = presentAlertList([later, done, early], asked({ show: 'closed' }));
    expect(tabs.map(({ text, current }) => [text, current])).toEqual([
      ['Open (2)', false],
      ['Closed (1)', true],
    ]);
    expect(rows.map((row) => [row.reference, row.stage.text, row.asked])).toEqual([['AL-C', 'Closed', 'Nobody']]);
  });

  it('offers the other direction on the column that is sorted, and keeps the filter', () => {
    const { columns } = presentAlertList([], asked({ show: 'closed', sort: 'name' }));
    expect(columns[0]).toEqual({
      text: 'Child',
      sorted: 'ascending',
      href: '/my/alerts?show=closed&sort=name&order=descending',
    });
    expect(columns[1]).toEqual({ text: 'Last access', sorted: 'none', href: '/my/alerts?show=closed&sort=access' });
  });

  it.each([{ sort: 'nhsNumber' }, { sort: ['name', 'due'] }, { show: 'everything' }, { order: 'up' }, {}])(
    'takes what it does not know in an address, %j, for the default',
    (query) => {
      expect(asked(query)).toEqual({ show: 'open', sort: 'due', descending: false });
    },
  );

  it('says how often and at how many places, whom it asks, and that it came late', () => {
    const alert = anAlert()
      .late()
      .with({ rung: 'manager', accesses: 1, places: 1, name: 'unborn child of Mei Ó' })
      .build();
    expect(presentAlertList([alert], asked()).rows[0]).toMatchObject({
      name: 'Unborn child of Mei Ó',
      accesses: '1 access at 1 place',
      asked: 'The team manager',
      owner: 'Hana Usman',
      isLate: true,
      due: '22 November 2026 at 21:14',
    });
  });

  it('says that a birth or a loss was notified, where there is no access to count', () => {
    const { rows } = presentAlertList(
      [anAlert().ofABirth().build(), anAlert().ofALoss().with({ id: 'l' }).build()],
      asked({ sort: 'access' }),
    );
    expect(rows.map(({ name, lastAccess, accesses }) => [name, lastAccess, accesses])).toEqual([
      ['Baby of Mei Ng', 'None', 'A birth was notified'],
      ['Baby of Mei Ng', 'None', 'A loss was notified'],
    ]);
  });

  it('tells somebody without alerts that there are none', () => {
    expect(presentAlertList([], asked())).toMatchObject({ rows: [], empty: 'You have no open alerts.' });
  });
});
