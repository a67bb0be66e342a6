/** A fault of the whole file: nothing of it loads. The message says what to change and shows nothing of the content. */
export class MalformedFile extends Error {
  constructor(
    /** CPF01 malformed; CPF06 the columns of another version (domain 10). */
    readonly fileCode: 'CPF01' | 'CPF06',
    message: string,
  ) {
    super(message);
  }
}
