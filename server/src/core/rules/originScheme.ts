import { parseOrigin } from '../cors/origin';
import type { Rule } from './rule';

export const originScheme: Rule = {
  meta: {
    id: 'origin-scheme',
    summary: 'An <origin> is null, or has a scheme other than http and https, which the service has refused.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://github.com/Azure/api-management-policy-snippets/issues/39',
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://fetch.spec.whatwg.org/#http-cors-protocol',
    ],
  },
  checkCors({ document, cors, settings }, report) {
    for (const origin of cors.origins) {
      // What an expression returns is compared as it is; only what is saved is checked.
      if (origin.isExpression || !origin.value.known) continue;
      const parsed = parseOrigin(origin.value.value);
      const isFile = parsed.kind === 'tuple' && parsed.scheme === 'file';
      if (isFile) {
        report({ document, span: origin.span, message: ofFile });
      } else if (settings.assume['originScheme'] !== 'any') {
        if (parsed.kind === 'null') report({ document, span: origin.span, message: ofNull });
        if (parsed.kind !== 'tuple' || ['http', 'https'].includes(parsed.scheme)) continue;
        report({ document, span: origin.span, message: ofScheme(parsed.scheme) });
      }
    }
  },
};

const ofNull =
  'Nobody has seen the service accept the origin null, so pages that have it (local files, sandboxed frames, data: addresses) may stay refused. Where it is accepted, every site can call: any page can open a sandboxed frame. Serve the page from a real origin.';

const ofFile =
  'This admits nobody: the service accepts file://, but browsers send "null" for pages that are opened from a file. Serve the page from a local web server, such as http://localhost:8080.';

function ofScheme(scheme: string): string {
  return `The service has refused origins with a scheme other than http and https (reported in 2019 for capacitor and ionic, nothing since), so pages on ${scheme}:// may stay refused. Let the app serve its pages from https://localhost, or make the call outside the browser.`;
}
