import { DefaultFailureConverter } from '@temporalio/common';

/** Given by path to client, worker and bundle: messages and stack traces become a payload, which the codec encrypts. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
