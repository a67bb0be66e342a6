import { patternOf, type Secret } from './secrets';

/** A text that somebody may read who is no party to a child's record, and where it stands. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Where a secret was read. */
export interface Sighting {
  readonly place: string;
  readonly whose: string;
  readonly kind: Secret['kind'];
  readonly around: string;
}

const charactersAround = 60;

/** Every sighting of a secret in these places; at most a few for one secret in one place. */
export function sightings(places: Iterable<Place>, secrets: readonly Secret[], mostOfOne = 3): Sighting[] {
  const patterns = secrets.map((secret) => ({ secret, pattern: patternOf(secret) }));
  const found: Sighting[] = [];
  for (const { name, text } of places)
    for (const { secret, pattern } of patterns)
      for (const { index } of [...text.matchAll(pattern)].slice(0, mostOfOne))
        found.push({ place: name, whose: secret.whose, kind: secret.kind, around: aroundOf(text, index) });
  return found;
}

const aroundOf = (text: string, index: number): string =>
  text.slice(Math.max(0, index - charactersAround), index + charactersAround).replace(/\s+/g, ' ');
