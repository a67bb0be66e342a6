import { STATUS_CODES } from 'node:http';
import type { OpenApi, Operation, SchemaNode } from '../../platform/http/open-api';

/** A field as a reader wants it; deeper ones are named `accesses[].organisation.name`. */
export interface FieldLine {
  readonly name: string;
  readonly type: string;
  readonly remark: string;
}
export interface RouteSection {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly right: string;
  readonly parameters: readonly FieldLine[];
  readonly body: readonly FieldLine[];
  readonly answers: readonly {
    readonly status: string;
    readonly media: string;
    readonly fields: readonly FieldLine[];
  }[];
}

/** The API for a reader: every route with what it takes and what it answers. */
export function presentApi(document: OpenApi): { routes: RouteSection[] } {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => sectionOf(method, path, operation)),
  );
  return { routes };
}

function sectionOf(method: string, path: string, operation: Operation): RouteSection {
  return {
    id: `${method}${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    right: operation['x-right'] ?? 'anyone',
    parameters: (operation.parameters ?? []).map(({ name, in: place, required, schema }) => ({
      name,
      type: `${place}, ${typeOf(schema)}`,
      remark: [required ? 'Required.' : '', schema.description ?? ''].filter(Boolean).join(' '),
    })),
    body: contentFields(operation.requestBody?.content).flatMap(({ fields }) => fields),
    answers: Object.entries(operation.responses)
      .filter(([status]) => status !== 'default')
      .flatMap(([status, { content }]) =>
        contentFields(content).map(({ media, fields }) => ({
          status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
          media,
          fields,
        })),
      ),
  };
}

const contentFields = (content: Readonly<Record<string, { schema: SchemaNode }>> = {}) =>
  Object.entries(content).map(([media, { schema }]) => ({ media, fields: fieldsOf(schema, '') }));

function fieldsOf(schema: SchemaNode, prefix: string): FieldLine[] {
  if (schema.type === 'array' && schema.items) return fieldsOf(schema.items, `${prefix}[]`);
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const remark = [required.has(key) ? '' : 'Optional.', field.description ?? ''].filter(Boolean).join(' ');
    return [{ name, type: typeOf(field), remark }, ...fieldsOf(field, name)];
  });
}

function typeOf(schema: SchemaNode): string {
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  return [schema.type ?? 'anything', schema.format ? `(${schema.format})` : ''].filter(Boolean).join(' ');
}
