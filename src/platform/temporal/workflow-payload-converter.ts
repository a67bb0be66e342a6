import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/**
 * What workflow code reads payloads with; given by path to the bundle alone. A payload that is no JSON, or of an encoding
 * that nobody knows (somebody's signal from the Temporal UI), reads as `undefined`, which every handler drops or refuses:
 * thrown here, before any handler runs, it would freeze the workflow for ever.
 */
class TolerantPayloadConverter implements PayloadConverter {
  private readonly strict = new DefaultPayloadConverter();

  toPayload<T>(value: T): Payload {
    return this.strict.toPayload(value);
  }

  fromPayload<T>(payload: Payload): T {
    try {
      return this.strict.fromPayload<T>(payload);
    } catch {
      return undefined as T;
    }
  }
}

export const payloadConverter = new TolerantPayloadConverter();
