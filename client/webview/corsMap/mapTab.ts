import type { CorsMapData, CorsMapOptions, CorsMapReply, CorsRequestForm } from '../../../server/src/lsp/protocol';
import { element, freshId, replaceContent } from '../dom';
import type { Host } from '../host';
import type { ExtensionMessage } from '../messages';
import type { Tab } from '../tabs';
import { answerAt, anyOtherOrigin } from './mapData';
import type { MapCell } from './mapGrid';
import { createMapView } from './mapView';

export interface MapTab extends Tab {
  take(message: Extract<ExtensionMessage, { readonly kind: 'mapped' | 'mapFailed' }>): void;
}

/** A map that takes longer says that it is being made. */
const patienceMs = 300;

/** The tab with the map of a service: what its calls are like, and the map. `explained` follows a cell that was opened. */
export function createMapTab(host: Host, explained: () => void): MapTab {
  let root: string | null = null;
  let reply: CorsMapReply | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const view = createMapView({
    hint: hintFor,
    details: () => [],
    opened(data, cell) {
      const opened = explanationOf(data, cell);
      if (opened === undefined) return;
      host.send({ kind: 'choose', ...opened });
      explained();
    },
  });
  const service = createChoice('Service', () => {
    root = service.value() ?? null;
    ask();
  });
  const product = createChoice('Product of the key', ask);
  const key = createChoice('Subscription key', ask);
  const credentials = createChoice('Credentials mode', ask);
  key.offer([
    ['', 'where the API requires one'],
    ['none', 'none'],
    ['header', 'in a header'],
    ['query', 'in the query string'],
  ]);
  credentials.offer([
    ['', 'same-origin'],
    ['include', 'include'],
    ['omit', 'omit'],
  ]);
  const origins = element('input', {
    id: freshId('origins'),
    attributes: {
      type: 'text',
      placeholder: 'those that the files name',
      title: 'Origins to show instead, separated by spaces',
      autocomplete: 'off',
      spellcheck: 'false',
    },
    on: { change: ask },
  });
  const status = element('p', { class: 'map-status', attributes: { role: 'status', hidden: true } });
  const choices = element(
    'div',
    { class: 'map-choices', attributes: { role: 'group', 'aria-label': 'Calls' } },
    service.root,
    product.root,
    key.root,
    credentials.root,
    element(
      'div',
      { class: 'map-choice map-choice-origins' },
      element('label', { attributes: { for: origins.id } }, 'Origins'),
      origins,
    ),
  );
  const heading = element('h1', { class: 'spoken' }, 'CORS map');
  const content = element('div', { class: 'map-tab' }, heading, choices, status, view.root);
  service.root.hidden = true;
  product.root.hidden = true;
  view.root.hidden = true;

  function ask(): void {
    const named = origins.value.split(/[\s,;]+/).filter((origin) => origin !== '');
    const options: CorsMapOptions = {
      origins: named.length === 0 ? undefined : named,
      product: product.value(),
      key: key.value() as CorsMapOptions['key'],
      credentials: credentials.value() as CorsMapOptions['credentials'],
    };
    clearTimeout(timer);
    timer = setTimeout(() => say('Computing the map …'), patienceMs);
    content.setAttribute('aria-busy', 'true');
    host.send({ kind: 'map', wanted: { root, options } });
  }

  /** An empty text: nothing to say. */
  function say(text: string): void {
    status.textContent = text;
    status.hidden = text === '';
  }

  function show(next: CorsMapReply): void {
    reply = next;
    const { data, services, products } = next;
    service.root.hidden = services.length < 2;
    service.offer(services.map((each) => [each.root, each.title]));
    if (data !== null) service.choose(data.map.root);
    product.root.hidden = products.length === 0;
    product.offer([['', 'any'], ...products.map((id) => [id, id] as const)]);
    view.root.hidden = data === null;
    say(data === null ? 'There is no API and no global policy in the folders that are open.' : '');
    if (data === null) return;
    heading.textContent = `CORS map of ${data.title}`;
    view.show(data);
  }

  return {
    id: 'map',
    label: 'CORS map',
    content,
    shown: ask,
    left: () => host.send({ kind: 'map', wanted: null }),
    take(message) {
      clearTimeout(timer);
      content.removeAttribute('aria-busy');
      if (message.kind === 'mapped') show(message.reply);
      else {
        if (reply === undefined) view.root.hidden = true;
        say(message.message);
      }
    },
  };
}

/** The call of a cell, for the explanation. Undefined where no policy file is there to explain it with. */
function explanationOf(
  { map }: CorsMapData,
  { line, column }: MapCell,
): { readonly uri: string; readonly request: CorsRequestForm } | undefined {
  const origin = map.origins[column];
  if (line.kind === 'api' || origin === undefined) return undefined;
  const { row, api, call } = line;
  const uri = row.policy ?? api.policy ?? map.global;
  if (uri === null) return undefined;
  // The policy of an API can be asked about any of its operations, that of an operation about itself alone.
  const operation = row.policy === null && api.policy !== null ? (row.operation ?? undefined) : undefined;
  const request: CorsRequestForm = {
    operation,
    origin: origin.kind === 'named-value' ? '' : (origin.origin ?? anyOtherOrigin),
    method: call.method,
    headers: call.headers.map(headerOf),
    key: call.key,
    ...(map.terms.product === null ? {} : { product: map.terms.product }),
    credentials: map.terms.credentials,
  };
  return { uri, request };
}

/** What opening a cell brings, and where the explanation knows less than the map. */
function hintFor(data: CorsMapData, cell: MapCell): string {
  const { line, column } = cell;
  if (explanationOf(data, cell) === undefined || line.kind === 'api')
    return 'No policy file is here to explain it with.';
  if (line.row.policy === null && line.api.policy === null) {
    return 'Enter explains the call with the global policy alone: this API has no policy file, and its products are left out there.';
  }
  if (data.map.origins[column]?.kind === 'named-value') {
    return 'Enter opens the call, for an origin of your choice: the text of the named value is not known here.';
  }
  if (answerAt(data, line.row, column)?.on === 'key') {
    return 'Enter explains it for a key of no product; others can be chosen there.';
  }
  return 'Enter explains it step by step.';
}

function headerOf(written: string): { readonly name: string; readonly value?: string } {
  const [name = '', value] = written.split(/:\s*/, 2);
  return value === undefined ? { name } : { name, value };
}

interface Choice {
  readonly root: HTMLElement;
  /** Undefined for the usual. */
  value(): string | undefined;
  choose(value: string): void;
  /** Values and words; what was chosen stays where it still can be. */
  offer(options: readonly (readonly [value: string, words: string])[]): void;
}

function createChoice(label: string, changed: () => void): Choice {
  const select = element('select', { id: freshId('choice'), on: { change: changed } });
  const root = element(
    'div',
    { class: 'map-choice' },
    element('label', { attributes: { for: select.id } }, label),
    select,
  );
  return {
    root,
    value: () => (select.value === '' ? undefined : select.value),
    choose(value) {
      select.value = value;
    },
    offer(options) {
      const chosen = select.value;
      replaceContent(
        select,
        options.map(([value, words]) => element('option', { attributes: { value } }, words)),
      );
      if (options.some(([value]) => value === chosen)) select.value = chosen;
    },
  };
}
