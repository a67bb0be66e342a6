import { describe, expect, it } from '@jest/globals';
import { describeError } from './logging';

const fromPostgres = (): Error =>
  Object.assign(new Error('new row violates check constraint of Quenlinda'), {
    code: '23514',
    detail: 'Failing row contains (9990012345, Quenlinda)',
    where: 'COPY staged_row, line 3: Quenlinda',
  });

describe('an error in the log', () => {
  it('keeps the code and the place of a database error, and nothing that it quotes', () => {
    const described = describeError(fromPostgres());
    expect(described).toMatchObject({ kind: 'Error', code: '23514', stack: expect.any(Array) });
    expect(JSON.stringify(described)).not.toMatch(/Quenlinda|9990012345/);
  });

  it('keeps the causes, by the same rule', () => {
    const described = describeError(new Error('not stored', { cause: fromPostgres() }));
    expect(described).toMatchObject({ message: 'not stored', cause: { code: '23514' } });
    expect(JSON.stringify(described)).not.toMatch(/Quenlinda|9990012345/);
  });

  it('keeps what kind of thing was thrown when it is no error, not the thing', () =>
    expect(describeError('Quenlinda')).toEqual({ kind: 'string' }));
});
