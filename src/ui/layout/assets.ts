import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** A file that every page uses, served from memory under an address that changes with its content. */
interface Asset {
  readonly address: string;
  readonly type: string;
  readonly content: Buffer;
  readonly zipped: Buffer;
}

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
const foreignFonts = /@font-face\s*\{[^}]*\}/g;
const foreignFamily = /font-family:\s*GDS Transport\s*,\s*arial\s*,\s*sans-serif/gi;
const foreignPictures = /url\(\/assets\/[^)]*\)/g;

/**
 * The built styles of govuk-frontend and the MOJ components, then ours. Fonts, crest and pictures that are not ours to
 * use (domain 19) are taken out, so that no page can ask for them.
 */
export function neutralStyles(...sheets: readonly string[]): string {
  return sheets
    .join('\n')
    .replace(foreignFonts, '')
    .replace(foreignFamily, `font-family:${systemFonts}`)
    .replace(foreignPictures, 'none')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '');
}

const read = (path: string): string => readFileSync(path, 'utf8');
const ours = (name: string): string => read(join(__dirname, name));

const styles = neutralStyles(
  read(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css')),
  read(require.resolve('@ministryofjustice/frontend/moj/moj-frontend.min.css')),
  ours('theme.css'),
);

const assets = {
  stylesheet: asset('theme', 'css', 'text/css; charset=utf-8', styles),
  icon: asset('icon', 'svg', 'image/svg+xml', ours('icon.svg')),
} as const;

export const stylesheetAddress = assets.stylesheet.address;
export const iconAddress = assets.icon.address;

/** Serves the stylesheet and the icon; nothing in them is personal, so browsers may keep them. */
export function serveAssets(app: FastifyInstance): void {
  for (const { address, type, content, zipped } of Object.values(assets)) {
    app.get(address, (request, reply) => {
      const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      if (takesGzip) reply.header('content-encoding', 'gzip');
      return reply
        .type(type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .send(takesGzip ? zipped : content);
    });
  }
}

function asset(name: string, extension: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const content = Buffer.from(text);
  return { address: `/assets/${name}-${hash}.${extension}`, type, content, zipped: gzipSync(content) };
}
