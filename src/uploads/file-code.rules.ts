/** How the rows of a finished file were answered. `held` rows wait for a person. */
export interface RowCounts {
  readonly rows: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly held: number;
}

/** The national code of a file that could be read (domain 10): all loaded, partly, none. What waits is not loaded yet. */
export function fileCodeOf({ rows, loaded, held }: RowCounts): 'CPF02' | 'CPF03' | 'CPF04' {
  if (loaded === rows) return 'CPF02';
  return loaded > 0 || held > 0 ? 'CPF03' : 'CPF04';
}
