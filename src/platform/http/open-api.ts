import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { anyone } from '../sign-in/may.decorator';
import type { Description } from './described.decorator';
import type { Route } from './routes';

type Json = Readonly<Record<string, unknown>>;

/** What we read of a JSON Schema ourselves. */
export interface SchemaNode {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
}
type Content = Readonly<Record<string, { readonly schema: SchemaNode }>>;
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly Json[];
  readonly 'x-right'?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: SchemaNode;
  }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json;
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});

/** OpenAPI 3.1 of the routes that are described, from the same schemas that validate. */
export function openApi(routes: readonly Route[], publicUrl: string, issuer: string): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes)
    if (route.described) (paths[route.path] ??= {})[route.method] = operation(route, route.described);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Child protection bridge',
      version: '0.1.0',
      description:
        'Between the NHS and local authorities: plans in, checks answered, every access told to a social worker.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        issuer: { type: 'openIdConnect', openIdConnectUrl: `${issuer}/.well-known/openid-configuration` },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  };
}

function operation({ method, path, may, handler }: Route, described: Description): Operation {
  const command = method === 'post' || method === 'put';
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...queryOf(described.query),
    ...(command && may !== anyone
      ? [
          {
            name: 'X-Request-ID',
            in: 'header',
            required: true,
            schema: { type: 'string', pattern: '^[\\w.-]{1,100}$' },
          },
        ]
      : []),
  ];
  return {
    operationId: handler,
    summary: described.summary,
    ...(may !== undefined && may !== anyone && { security: [{ issuer: [] }], 'x-right': may }),
    ...(parameters.length > 0 && { parameters }),
    ...(described.body && { requestBody: { required: true, content: contentOf(described.body, 'input') } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(described.answers).map(([status, answer]) => [
          status,
          { description: STATUS_CODES[status] ?? 'Answer', content: contentOf(answer, 'output') },
        ]),
      ),
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } as SchemaNode } },
      },
    },
  };
}

function queryOf(query: z.ZodObject | undefined): NonNullable<Operation['parameters']> {
  if (!query) return [];
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input'),
  }));
}

const contentOf = (answer: z.ZodType | string, io: 'input' | 'output'): Content =>
  typeof answer === 'string'
    ? { [answer]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: schemaOf(answer, io) } };

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): SchemaNode {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as SchemaNode & {
    $schema?: string;
  };
  return rest;
}
