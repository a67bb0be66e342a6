import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { auditedKey } from '../audit/audited.decorator';
import { mayKey } from '../sign-in/may.decorator';
import { describedKey, type Description } from './described.decorator';

export interface Route {
  readonly method: string;
  /** With `{parameter}` in braces. */
  readonly path: string;
  readonly handler: string;
  readonly may: string | undefined;
  readonly audited: string | undefined;
  readonly described: Description | undefined;
}

/** Every route of the application, read from the decorators themselves. */
export function routesOf(discovery: DiscoveryService): Route[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ instance, metatype }) => {
    if (!metatype || !instance) return [];
    const bases = [Reflect.getMetadata(PATH_METADATA, metatype) as string | string[]].flat();
    const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
      if (!handler || method === undefined) return [];
      const ends = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
      return bases.flatMap((base) =>
        ends.map((end) => ({
          method: RequestMethod[method].toLowerCase(),
          path: joined(base, end),
          handler: `${metatype.name}.${name}`,
          may: Reflect.getMetadata(mayKey, handler) as string | undefined,
          audited: Reflect.getMetadata(auditedKey, handler) as string | undefined,
          described: Reflect.getMetadata(describedKey, handler) as Description | undefined,
        })),
      );
    });
  });
}

const joined = (base: string, end: string): string =>
  `/${[base, end]
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter(Boolean)
    .join('/')}`.replace(/:(\w+)/g, '{$1}');
