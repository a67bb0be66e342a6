import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const mayKey = 'sign-in:may';
/** The right of a route that asks for none: health, sign-in, the API's description. */
export const anyone = 'anyone';

/** Names the right that a caller needs; the guard refuses everybody else. Every route has one. */
export const May = (right: string): CustomDecorator => SetMetadata(mayKey, right);
