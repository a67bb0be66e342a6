/** The only search attributes there are; none is personal, and they are never encrypted (temporal.md). */
export const searchAttributes = {
  /** A GSS code. */
  authority: { name: 'Authority', type: 'KEYWORD' },
  /** The process's own word for where it stands. */
  stage: { name: 'Stage', type: 'KEYWORD' },
  /** Of the state that the run carries. */
  schemaVersion: { name: 'SchemaVersion', type: 'INT' },
  /** On alert tasks alone: when the next person is asked. */
  nextDeadline: { name: 'NextDeadline', type: 'DATETIME' },
} as const;
