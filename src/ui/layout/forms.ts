/** Something to put right: said in the summary on top and, when it belongs to a field, at that field. */
export interface FormError {
  readonly text: string;
  /** Name of the field; the empty string when none is at fault. */
  readonly field: string;
  /** Where the summary's link leads; the empty string for a line without a link. */
  readonly href: string;
}

/** A line of a summary list: what it is, its value, and a remark under the value. */
export interface Summary {
  readonly key: string;
  readonly text: string;
  readonly more?: string;
}

/** An error at a field: the summary's link leads to the field's input, which has the field's name as its id. */
export const errorAt = (field: string, text: string): FormError => ({ field, text, href: `#${field}` });

/** An error that no field is to blame for. */
export const errorWithoutField = (text: string): FormError => ({ field: '', text, href: '' });

/** What the errors say about one field; empty when nothing. */
export const textAt = (errors: readonly FormError[], field: string): string =>
  errors.find((error) => error.field === field)?.text ?? '';
