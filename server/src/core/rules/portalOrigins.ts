import { isDefaultPortalOrigin } from '../cors/developerPortal';
import type { ProjectSettings } from '../workspace/projectSettings';

/** The portal's hosts of its own that the project file names, as origins where they are written without a scheme. Patterns stay patterns. */
export function customPortalOrigins({ portalOrigins }: Pick<ProjectSettings, 'portalOrigins'>): readonly string[] {
  return portalOrigins.map(asOrigin).filter((origin) => !isDefaultPortalOrigin(origin));
}

/** Those of the project file that are one origin, and no pattern: what can be written into a policy. */
export function writablePortalOrigins(origins: readonly string[]): readonly string[] {
  return [...new Set(origins.map(asOrigin).filter((origin) => !/[*?[\]{}()!]/.test(origin)))];
}

/** Portals are served over https alone. */
function asOrigin(written: string): string {
  const trimmed = written.trim().replace(/\/+$/, '');
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
}
