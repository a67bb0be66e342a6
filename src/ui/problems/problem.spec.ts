import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../platform/problems/problem';
import { presentProblem } from './problem.presenter';
import { returnPathOf } from './return-path';

describe('a problem as a page', () => {
  it('is the same page for what is not there and what is not yours', () => {
    const notThere = presentProblem(new Problem('alert-not-found'), 'r');
    expect(presentProblem(new Problem('not-found'), 'r')).toEqual(notThere);
    expect(presentProblem(new Problem('not-allowed', { detail: 'This needs the right "check".' }), 'r')).toEqual(
      notThere,
    );
  });

  it('tells the way out of an outage, and the request id', () => {
    const page = presentProblem(new Problem('unavailable'), 'r-1');
    expect(page.paragraphs[0]).toMatch(/Nothing was lost/);
    expect(page.requestId).toBe('r-1');
  });

  it('offers to sign in again when signing in failed', () => {
    expect(presentProblem(new Problem('sign-in-failed'), 'r').wayOut.href).toBe('/sign-in');
  });
});

describe('the way back after signing in', () => {
  it.each([
    ['GET', '/my/alerts?sort=name', '/my/alerts?sort=name'],
    ['POST', '/my/alerts/a1/closure', '/my/alerts/a1'],
    ['POST', '/check-a-number', '/check-a-number'],
    ['POST', '/elsewhere', '/'],
  ])('of %s %s is %s', (method, url, expected) => {
    expect(returnPathOf({ method, url })).toBe(expected);
  });
});
