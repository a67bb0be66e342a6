import type { Frame } from './layout.presenter';

/** What a page's controller answers: the interceptor prints it in the frame. */
export interface Page extends Frame {
  /** Template under `src/ui`, such as `alerts/alert.njk`. */
  readonly template: string;
  /** HTTP status; 200 when not said. */
  readonly status?: number;
  /** What the presenter made. */
  readonly page: object;
}

/** The answer to a form that did its work: the browser fetches another page (303), so that "reload" repeats nothing. */
export interface GoTo {
  readonly goTo: string;
}

export const goTo = (address: string): GoTo => ({ goTo: address });
export const isGoTo = (answer: Page | GoTo): answer is GoTo => 'goTo' in answer;
