import { describe, expect, it } from '@jest/globals';
import { textOf } from './raw-text';
import { sightings } from './scanner';
import type { Secret } from './secrets';

const number: Secret = { kind: 'nhs-number', value: '9990012345', whose: 'one' };
const name: Secret = { kind: 'name', value: 'Wrenfoldé', whose: 'one' };
const born: Secret = { kind: 'date', value: '2019-05-03', whose: 'one' };
const localId: Secret = { kind: 'text', value: 'lx-701', whose: 'one' };

const finds = (secret: Secret, text: string): boolean => sightings([{ name: 'here', text }], [secret]).length > 0;

describe('the scanner of clear text', () => {
  it.each(['9990012345', '999 001 2345', '999-001-2345', '999 001 2345', '999%20001%202345', '"nhs":9990012345}'])(
    'finds an NHS number written as %s',
    (text) => expect(finds(number, text)).toBe(true),
  );

  it.each(['99900123456', '19990012345', '9990012354', '999 001'])('does not take %s for it', (text) =>
    expect(finds(number, text)).toBe(false),
  );

  it.each([
    'Wrenfoldé',
    'WRENFOLDÉ',
    'wrenfoldé_1',
    'Wrenfolde\u0301',
    '/Wrenfold%C3%A9/',
    'Jo Wrenfoldé-Smith',
    '{"name":"Wrenfoldé"}',
  ])('finds a name written as %s', (text) => expect(finds(name, text)).toBe(true));

  it.each(['Wrenfoldéan', 'MacWrenfoldé', 'Wren foldé'])('finds whole words alone, not %s', (text) =>
    expect(finds(name, text)).toBe(false),
  );

  it.each([
    '2019-05-03',
    '2019-05-03T00:00:00Z',
    '2019/5/3',
    '20190503',
    '03/05/2019',
    '3.5.19',
    '05/03/2019',
    '03052019',
    '3 May 2019',
    '3rd of May, 2019',
    'Fri May 3, 2019',
    '3-May-2019',
    '1556841600',
    '1556838000000',
  ])('finds a date written as %s', (text) => expect(finds(born, text)).toBe(true));

  it.each(['2019-05-04', '2019-05-30', '12019-05-03', '201905031', '13/05/2019', '3 May 2018', '1556841601'])(
    'does not take %s for it',
    (text) => expect(finds(born, text)).toBe(false),
  );

  it('finds a local id in an address', () => expect(finds(localId, 'PUT /plans/LX-701?x')).toBe(true));

  it('says where, of whom, and a few times at most', () => {
    const found = sightings([{ name: 'a log', text: 'of 9990012345 '.repeat(9) }], [number, name], 2);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ place: 'a log', whose: 'one', kind: 'nhs-number' });
  });

  it.each([
    ['a field', { memo: { fields: { Wrenfoldé: 1 } } }],
    ['bytes', { data: Buffer.from('"Wrenfoldé"') }],
    ['base64 in a text', { body: Buffer.from('the child is Wrenfoldé').toString('base64') }],
    ['base64 in bytes', { data: Buffer.from(Buffer.from('the child is Wrenfoldé').toString('base64')) }],
    ['a list in a list', [[{ notes: ['of Wrenfoldé'] }]]],
  ])('reads %s of a message', (_what, message) => expect(finds(name, textOf(message))).toBe(true));

  it('reads 64-bit numbers of a message', () => {
    const long = { low: 0, high: 0, unsigned: false, toString: () => '9990012345' };
    expect(finds(number, textOf({ seconds: long }))).toBe(true);
  });
});
