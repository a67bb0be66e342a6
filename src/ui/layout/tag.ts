/** A coloured word: the word alone says it, the colour only helps the eye. */
export interface Tag {
  readonly text: string;
  readonly classes: string;
}
