/** What folding looks at; anything else that an access carries is kept. `at` is ISO 8601 UTC. */
export interface FoldableAccess {
  readonly at: string;
  readonly clinicianId: string;
  readonly organisation: string;
}

/** One line of a history: the views of one clinician at one organisation, all within 24 hours of the first. */
export interface AccessLine<A extends FoldableAccess> {
  readonly firstAt: string;
  readonly lastAt: string;
  readonly views: number;
  /** Newest first; never empty. */
  readonly accesses: readonly A[];
}

const foldedMs = 24 * 3_600_000;

/**
 * Folds repeat views into lines, the line with the newest view first (domain 4). For display only: all accesses stay in
 * the audit, and each is in exactly one line. Takes them in any order.
 */
export function fold<A extends FoldableAccess>(accesses: readonly A[]): readonly AccessLine<A>[] {
  const lines: Views<A>[] = [];
  const newestOf = new Map<string, Views<A>>();
  for (const access of [...accesses].sort((a, b) => instantOf(a.at) - instantOf(b.at))) {
    const who = JSON.stringify([access.clinicianId, access.organisation]);
    const line = newestOf.get(who);
    if (line !== undefined && instantOf(access.at) - instantOf(line[0].at) <= foldedMs) line.push(access);
    else lines.push(begin(newestOf, who, access));
  }
  return lines.map(lineOf).sort((a, b) => instantOf(b.lastAt) - instantOf(a.lastAt));
}

/** Oldest first. */
type Views<A> = [A, ...A[]];

function begin<A>(newestOf: Map<string, Views<A>>, who: string, access: A): Views<A> {
  const line: Views<A> = [access];
  newestOf.set(who, line);
  return line;
}

const lineOf = <A extends FoldableAccess>(views: Views<A>): AccessLine<A> => ({
  firstAt: views[0].at,
  lastAt: views.at(-1)?.at ?? views[0].at,
  views: views.length,
  accesses: views.toReversed(),
});

const instantOf = (at: string): number => Date.parse(at);
