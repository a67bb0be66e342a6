import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { Problem, type FieldError } from '../problems/problem';

/** Validates with a schema; refuses with `invalid-request`, naming each field. */
class ValidPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(readonly schema: S) {}

  transform(value: unknown): z.output<S> {
    const result = this.schema.safeParse(value ?? {});
    if (result.success) return result.data;
    throw new Problem('invalid-request', { errors: result.error.issues.flatMap(fieldErrors) });
  }
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  const fields = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  return fields.map((field) => ({ field: field.join('.') || 'body', message: issue.message }));
}

/** `@Body(valid(schema))`, `@Query(valid(schema))`. */
export const valid = <S extends z.ZodType>(schema: S): ValidPipe<S> => new ValidPipe(schema);
