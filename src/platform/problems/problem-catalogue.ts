/** Every way in which the product says no (RFC 9457): status, title and the way out. One line each. */
export const problemCatalogue = {
  'not-found': [
    404,
    'There is nothing here, or it is not yours',
    'Check the address and that you signed in as the right person.',
  ],
  'not-signed-in': [401, 'You are not signed in', 'Send a bearer token of the identity service, or sign in.'],
  'sign-in-failed': [400, 'Signing in did not work', 'Sign in again.'],
  'form-expired': [403, 'This form cannot be used any more', 'Open its page again and repeat what you did.'],
  'not-allowed': [403, 'You may not do this', 'Ask your administrator for the right that is named here.'],
  'request-id-missing': [
    400,
    'X-Request-ID is missing',
    'Send an X-Request-ID header of 1 to 100 letters, digits, dots, dashes or underscores, new for each command.',
  ],
  'request-id-used': [409, 'This X-Request-ID was used before', 'Send a new X-Request-ID for a new request.'],
  'request-id-other-body': [
    422,
    'This X-Request-ID came with another content before',
    'Send a new X-Request-ID for a new request.',
  ],
  'invalid-request': [
    422,
    'The request is not as it should be',
    'Put right the fields that are named and send it again.',
  ],
  'malformed-request': [
    400,
    'The request could not be read',
    'Send what the API description says, in the right media type.',
  ],
  'too-large': [413, 'The request is too large', 'Send less at once.'],
  'unsupported-media-type': [
    415,
    'This media type is not understood',
    'Send the media type that the API description names.',
  ],
  'nhs-number-not-valid': [
    422,
    'The NHS number is not valid',
    'Check the ten digits with the patient or the record and ask again. This is not a "no plan".',
  ],
  'could-not-check': [
    503,
    'We could not check',
    'Ask again with the same X-Request-ID. Until it works, telephone the authority. This is not a "no plan".',
  ],
  unavailable: [
    503,
    'The service cannot do this just now',
    'Nothing was lost. Try again in a moment with the same X-Request-ID.',
  ],
  'workflows-unavailable': [
    503,
    'Decisions cannot be recorded just now',
    'The alert stays with its owner. Try again in a few minutes with the same X-Request-ID.',
  ],
  'authority-not-ready': [
    409,
    'The authority has no emergency-duty telephone',
    'An administrator must record the emergency-duty telephone of the authority first.',
  ],
  'upload-not-found': [404, 'There is no such upload, or it is not yours', 'Check the sequence number.'],
  'upload-other-content': [
    409,
    'This sequence number came with another content before',
    'Send the new content under the next sequence number.',
  ],
  'upload-out-of-sequence': [409, 'A later file came already', 'Send it again under the next sequence number.'],
  'upload-not-finished': [409, 'The upload is not finished', 'Ask again when its state is done.'],
  'upload-not-waiting': [
    409,
    'Nothing of this upload waits for approval',
    'Look at the upload: it was decided, or later rows replaced what waited.',
  ],
  'plan-refused': [422, 'The plan was not loaded', 'Put right the field that is named and send the plan again.'],
  'plan-not-found': [404, 'There is no such plan, or it is not yours', 'Check the local id.'],
  'question-not-found': [404, 'There is no such question, or it is not yours', 'Look at the list of open questions.'],
  'question-answered': [409, 'The question was answered otherwise before', 'Look at the question and at the plan.'],
  'mother-number-missing': [
    422,
    'The notification carries no NHS number of the mother',
    'Nothing was stored: a birth without the mother’s number cannot be taken in yet. Trace her number and send it again.',
  ],
  'birth-other-content': [
    409,
    'This baby was notified with another content before',
    'A birth is notified once and never corrected: look at what was sent first, and tell the authority of a mistake.',
  ],
  'newborn-not-found': [404, 'There is no such newborn, or it is not yours', 'Look at the list of births.'],
  'newborn-settled': [
    409,
    'The plan of this newborn was supplied, declined or never asked for',
    'Look at the newborn: nothing more is asked.',
  ],
  'batch-not-found': [404, 'There is no such batch, or it is not yours', 'Check the slot.'],
  'alert-not-found': [404, 'There is no such alert, or it is not yours', 'Look at the list of your alerts.'],
  'alert-already-closed': [409, 'The alert is already closed', 'Nothing more needs doing.'],
  'alert-caused-by-caller': [
    403,
    'You caused this alert, so another person must close it',
    'Ask a colleague or your manager to close it.',
  ],
  'internal-error': [
    500,
    'Something went wrong on our side',
    'Try again; if it stays, tell the operator the request id.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemType = keyof typeof problemCatalogue;
