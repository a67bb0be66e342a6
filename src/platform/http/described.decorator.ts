import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { z } from 'zod';

export const describedKey = 'http:described';

/** What the OpenAPI document says of a route: the same schemas that validate. A text answer is a media type. */
export interface Description {
  readonly summary: string;
  readonly body?: z.ZodType | 'text/csv';
  readonly query?: z.ZodObject;
  readonly answers: Readonly<Record<number, z.ZodType | string>>;
}

export const Described = (description: Description): CustomDecorator => SetMetadata(describedKey, description);
