import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const auditedKey = 'audit:action';
/** For routes that show and change nothing personal: health, sign-in pages, the API's description. */
export const notPersonal = 'not-personal';
/** For the check: its access row is the audit entry (design.md). */
export const storedAsAccess = 'stored-as-access';

/** Names the act in the audit. Every route has one; a test walks them all. */
export const Audited = (action: string): CustomDecorator => SetMetadata(auditedKey, action);
