import type { Problem } from '../../platform/problems/problem';
import { paths } from '../paths';

export interface ProblemView {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly wayOut: { readonly text: string; readonly href: string };
  /** Shown when an operator may need it; empty otherwise. */
  readonly requestId: string;
}

const start = { text: 'Go to the start page', href: paths.home };

/**
 * A problem as a page. "Not there" and "not yours" are one page with the same words, so that nobody learns from it
 * what exists.
 */
export function presentProblem(problem: Problem, requestId: string): ProblemView {
  if (problem.type === 'sign-in-failed') return notSignedIn;
  if (problem.type === 'form-expired') return notUnderstood;
  if (problem.status === 404 || problem.status === 403) return nothingHere;
  if (problem.status === 503) return outage(requestId);
  if (problem.status < 500) return notUnderstood;
  return {
    heading: 'Something went wrong on our side',
    paragraphs: ['What you did may not have been stored. Look at it again before you repeat it.'],
    wayOut: start,
    requestId,
  };
}

const nothingHere: ProblemView = {
  heading: 'This page is not there, or it is not yours',
  paragraphs: [
    'Check the address. If you came by a link, the work may belong to somebody else now.',
    'If you have several roles, check that you signed in with the right one.',
  ],
  wayOut: start,
  requestId: '',
};

const notUnderstood: ProblemView = {
  heading: 'This form could not be used',
  paragraphs: [
    'It may have been open for too long, or in another window while somebody else signed in. Nothing was stored.',
  ],
  wayOut: { text: 'Start again', href: paths.home },
  requestId: '',
};

const notSignedIn: ProblemView = {
  heading: 'Signing in did not work',
  paragraphs: ['It may have taken too long, or begun in another window. You are not signed in.'],
  wayOut: { text: 'Sign in again', href: paths.signIn },
  requestId: '',
};

const outage = (requestId: string): ProblemView => ({
  heading: 'The service cannot do this just now',
  paragraphs: [
    'Nothing was lost. Try again in a few minutes.',
    'If a child is in danger now, phone the emergency duty team of the authority.',
  ],
  wayOut: start,
  requestId,
});
