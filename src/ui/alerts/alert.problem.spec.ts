import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../platform/problems/problem';
import { errorsOf } from './alert.problem';
import { closureForm } from './closure.form';

const sent = { requestId: 'r', _csrf: 'c' };

describe('a decision that was refused', () => {
  it('is said at the field that is at fault', () => {
    const problem = new Problem('invalid-request', { errors: [{ field: 'outcome', message: 'Choose an outcome' }] });
    expect(errorsOf(problem)).toEqual([{ field: 'outcome', text: 'Choose an outcome', href: '#outcome' }]);
  });

  it('is said in plain words when no field is at fault', () => {
    expect(errorsOf(new Problem('alert-caused-by-caller'))[0]?.text).toMatch(/you made an access that it tells of/);
    expect(errorsOf(new Problem('workflows-unavailable'))[0]?.text).toMatch(
      /stays with its owner.*Try again in a few minutes/,
    );
    expect(errorsOf(new Problem('request-id-missing'))[0]?.text).toMatch(/could not be used/);
  });

  it('names what a closing form lacks', () => {
    expect(closureForm.safeParse({ ...sent, note: 'x' }).error?.issues[0]?.message).toBe('Choose an outcome');
    expect(closureForm.safeParse({ ...sent, outcome: 'other' }).success).toBe(false);
    expect(
      closureForm.safeParse({ ...sent, outcome: 'visit-planned', note: 'x'.repeat(2001) }).error?.issues[0]?.message,
    ).toBe('The note must be 2,000 characters or fewer');
    expect(closureForm.parse({ ...sent, outcome: 'visit-planned' }).note).toBe('');
  });
});
