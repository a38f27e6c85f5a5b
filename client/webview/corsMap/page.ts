/** The page that `apim-policy cors-map --format html` writes: one file with its data, which asks nobody for anything. */
import type { CorsMapData } from '../../../server/src/lsp/protocol';
import { element, freshId, replaceContent } from '../dom';
import { anyOtherOrigin } from './mapData';
import type { MapCell } from './mapGrid';
import { createMapView } from './mapView';

const services = JSON.parse(document.getElementById('services')?.textContent ?? '[]') as readonly CorsMapData[];

let shown = services[0];

const view = createMapView({
  hint: () => 'Arrow keys move, Home and End go to the ends.',
  opened: () => undefined,
  details: (data, cell) => {
    const command = commandFor(data, cell);
    if (command === undefined) return [];
    return [element('p', {}, 'Explained step by step by ', element('code', {}, command))];
  },
});

/** The call of a cell as arguments of `apim-policy cors`. Undefined where no file tells of the API. */
function commandFor(data: CorsMapData, { line, column }: MapCell): string | undefined {
  if (line.kind === 'api') return undefined;
  const { row, call, api } = line;
  const path = row.policy ?? api.policy;
  const origin = data.map.origins[column];
  if (path === null || origin === undefined || origin.kind === 'named-value') return undefined;
  const { credentials, product } = data.map.terms;
  return [
    'apim-policy cors',
    quoted(path),
    ...(row.policy === null && row.operation !== null ? ['--operation', quoted(row.operation)] : []),
    '--origin',
    origin.origin ?? anyOtherOrigin,
    '--method',
    call.method,
    ...call.headers.flatMap((header) => ['--header', quoted(header)]),
    ...(call.key === 'none' ? [] : ['--key', call.key]),
    ...(product === null ? [] : ['--product', quoted(product)]),
    ...(credentials === 'same-origin' ? [] : ['--credentials', credentials]),
  ].join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `"${argument.replace(/(["\\$`])/g, '\\$1')}"`;
}

function choices(): HTMLElement | undefined {
  if (services.length < 2) return undefined;
  const id = freshId('service');
  const select = element('select', {
    id,
    on: {
      change: () => {
        shown = services[Number(select.value)];
        if (shown !== undefined) view.show(shown);
      },
    },
  });
  replaceContent(
    select,
    services.map(({ title }, index) => element('option', { attributes: { value: String(index) } }, title)),
  );
  return element('p', { class: 'page-service' }, element('label', { attributes: { for: id } }, 'Service '), select);
}

const main = document.querySelector('main');
if (main !== null) {
  const heading = element('h1', {}, services.length === 1 ? `CORS map of ${services[0]?.title}` : 'CORS maps');
  replaceContent(main, heading, choices(), view.root);
}
if (shown !== undefined) view.show(shown);
