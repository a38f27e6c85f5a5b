import { createHash } from 'node:crypto';
import { type CorsMap, corsMapCodes, describeCorsMapTerms } from '../../core';
import type { Places } from '../places';
import { withShownPaths } from './corsMapJson';

/** The page's own script and style sheet, which are put into it. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/**
 * `cors-map --format html`: one file that runs its own script on its own data and loads nothing, which its content
 * security policy holds it to.
 */
export function corsMapHtml(maps: readonly CorsMap[], places: Places, { script, style }: PageParts): string {
  const services = maps.map((map) => ({
    map: withShownPaths(map, places),
    title: places.file(map.root),
    terms: describeCorsMapTerms(map.terms),
    codes: corsMapCodes,
  }));
  const names = services.map(({ title }) => title).join(', ');
  const ownScript = inElement(script);
  const ownStyle = inElement(style);
  const policy = `default-src 'none'; script-src '${hashOf(ownScript)}'; style-src '${hashOf(ownStyle)}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CORS map of ${escapeHtml(names)}</title>
<style>${ownStyle}</style>
</head>
<body>
<main><noscript>This page draws the map with its own script, which is switched off here. --format text needs none.</noscript></main>
<script type="application/json" id="services">${escapeJson(JSON.stringify(services))}</script>
<script>${ownScript}</script>
</body>
</html>
`;
}

/** Content of an element that ends at its end tag alone: the bundler writes none, and this makes sure of it. */
function inElement(text: string): string {
  if (/<\/(script|style)/i.test(text)) throw new Error('a part of the page holds the end tag of its element');
  return text.trim();
}

/** JSON inside a script element: no text of a policy can end it. */
function escapeJson(json: string): string {
  return json.replace(/</g, '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
