import type { CorsChoicesAnswer, CorsRequestForm } from '../../server/src/lsp/protocol';
import { type Combobox, createCombobox } from './combobox';
import { element, freshId, replaceContent } from './dom';
import { icon } from './icons';

export interface RequestForm {
  readonly root: HTMLElement;
  /** Shows what can be chosen, and a request. */
  show(uri: string, choices: CorsChoicesAnswer, request: CorsRequestForm): void;
  /** Shows what is wrong with a field; fields that are not named are right. */
  showProblems(problems: readonly { readonly field: string; readonly message: string }[]): void;
  /** Takes a header out of the request. */
  dropHeader(name: string): void;
  /** Looks at the request with another reading of an open question. */
  assume(name: string, value: string): void;
  readonly request: () => CorsRequestForm;
}

interface Header {
  readonly row: HTMLElement;
  readonly name: Combobox;
  readonly value: HTMLInputElement;
}

/** The form that describes a call. `changed` is called with every change, `choose` for another document. */
export function createRequestForm(events: {
  readonly changed: () => void;
  readonly choose: (uri: string) => void;
}): RequestForm {
  let choices: CorsChoicesAnswer | undefined;
  let assumed: CorsRequestForm['assume'];
  let headers: readonly Header[] = [];

  const target = createCombobox({ id: 'target', isClosed: true, changed: events.choose });
  const operation = createCombobox({
    id: 'operation',
    isClosed: true,
    changed: (id) => {
      const known = choices?.operations.find((each) => each.id === id)?.method;
      if (known !== undefined && known !== 'OPTIONS') method.setValue(known);
      events.changed();
    },
  });
  const product = createSelect('product', events.changed);
  const key = createSelect('key', events.changed);
  const credentials = createSelect('credentials', events.changed);
  const origin = createCombobox({
    id: 'origin',
    placeholder: 'https://shop.contoso.com',
    describedBy: 'origin-problem',
    changed: events.changed,
  });
  const method = createCombobox({
    id: 'method',
    placeholder: 'GET',
    describedBy: 'method-problem',
    changed: events.changed,
  });
  const headerRows = element('ul', { class: 'headers', attributes: { 'aria-label': 'Headers that the page sets' } });
  const add = element(
    'button',
    { class: 'link-button', attributes: { type: 'button' }, on: { click: () => addHeader('', '', true) } },
    icon('plus'),
    'Add header',
  );

  const fields = {
    target: field('Policy', 'target', target.root),
    operation: field('Operation', 'operation', operation.root),
    product: field('Product of the key', 'product', product),
    key: field('Subscription key', 'key', key),
    origin: field('Origin of the page', 'origin', origin.root),
    method: field('Method', 'method', method.root),
    credentials: field('Credentials mode', 'credentials', credentials),
  };
  const headerProblem = problemLine('headers');
  const headerGroup = element(
    'fieldset',
    { class: 'field' },
    element('legend', {}, 'Headers'),
    headerRows,
    add,
    headerProblem,
  );
  const root = element(
    'form',
    {
      class: 'request-form',
      attributes: { 'aria-labelledby': 'form-title' },
      on: { submit: (event) => event.preventDefault() },
    },
    element('h2', { id: 'form-title' }, 'Request'),
    fields.target,
    fields.operation,
    fields.origin,
    element('div', { class: 'field-row' }, fields.method, fields.credentials),
    element('div', { class: 'field-row' }, fields.key, fields.product),
    headerGroup,
  );

  function addHeader(name: string, value: string, isNew: boolean): void {
    const valueId = freshId('header-value');
    const combobox = createCombobox({
      id: freshId('header-name'),
      label: 'Header name',
      placeholder: 'content-type',
      changed: (chosen) => {
        const suggested = choices?.headers.find((each) => each.name === chosen)?.value;
        if (suggested !== undefined && valueField.value === '') valueField.value = suggested;
        events.changed();
      },
    });
    const valueField = element('input', {
      id: valueId,
      attributes: { type: 'text', 'aria-label': 'Header value', placeholder: 'value', spellcheck: 'false' },
      on: { input: events.changed },
    });
    const remove = element(
      'button',
      {
        class: 'icon-button',
        attributes: { type: 'button', 'aria-label': 'Remove header', title: 'Remove header' },
        on: {
          click: () => {
            removeHeader(header);
            add.focus();
          },
        },
      },
      icon('close'),
    );
    const row = element('li', { class: 'header-row' }, combobox.root, valueField, remove);
    const header: Header = { row, name: combobox, value: valueField };
    combobox.setOptions((choices?.headers ?? []).map((each) => ({ value: each.name, detail: each.from })));
    combobox.setValue(name);
    valueField.value = value;
    headers = [...headers, header];
    headerRows.append(row);
    if (isNew) combobox.input.focus();
  }
  function removeHeader(header: Header): void {
    headers = headers.filter((each) => each !== header);
    header.row.remove();
    events.changed();
  }

  function request(): CorsRequestForm {
    return {
      operation: operation.value() || undefined,
      product: product.value || undefined,
      key: key.value as NonNullable<CorsRequestForm['key']>,
      origin: origin.value(),
      method: method.value(),
      headers: headers
        .map(({ name, value }) => ({ name: name.value(), value: value.value || undefined }))
        .filter(({ name }) => name !== ''),
      credentials: credentials.value as NonNullable<CorsRequestForm['credentials']>,
      assume: assumed,
    };
  }

  return {
    root,
    request,
    show(uri, next, shown) {
      choices = next;
      assumed = shown.assume;
      target.setOptions(targetOptions(uri, next));
      target.setValue(uri);
      const isOfOperation = next.scope === 'operation';
      const any = { value: '', label: 'Any without a policy of its own' };
      operation.setOptions([
        ...(isOfOperation ? [] : [any]),
        ...next.operations.map((each) => ({ value: each.id, ...operationLabel(each) })),
      ]);
      operation.setValue(shown.operation ?? '');
      fields.operation.hidden = next.operations.length === 0;
      origin.setOptions(next.origins.map((each) => ({ value: each.origin, detail: each.from })));
      origin.setValue(shown.origin ?? '');
      method.setOptions(next.methods.map((value) => ({ value })));
      method.setValue(shown.method ?? '');
      fillSelect(key, shown.key ?? 'none', [
        ['none', 'none'],
        ['header', 'in a header'],
        ['query', 'in the query string'],
      ]);
      fillSelect(product, shown.product ?? '', [
        ['', 'none'],
        ...next.products.map(({ id, subscriptionRequired }): [string, string] => [
          id,
          subscriptionRequired === false ? `${id} (open)` : id,
        ]),
      ]);
      fields.product.hidden = next.products.length === 0;
      fillSelect(credentials, shown.credentials ?? 'same-origin', [
        ['same-origin', 'same-origin'],
        ['include', 'include'],
        ['omit', 'omit'],
      ]);
      showHeaders(shown.headers ?? []);
    },
    showProblems(problems) {
      for (const name of ['operation', 'product', 'origin', 'method', 'headers']) {
        const message = problems.find((problem) => problem.field === name)?.message ?? '';
        const line = document.getElementById(`${name}-problem`);
        if (line !== null && line.textContent !== message) line.textContent = message;
        document.getElementById(name)?.setAttribute('aria-invalid', String(message !== ''));
      }
    },
    dropHeader(name) {
      const dropped = headers.find((header) => header.name.value().toLowerCase() === name.toLowerCase());
      if (dropped !== undefined) removeHeader(dropped);
    },
    assume(name, value) {
      assumed = { ...assumed, [name]: value };
      events.changed();
    },
  };

  /** Rows that say the same stay, with the focus that may be in them. */
  function showHeaders(wanted: NonNullable<CorsRequestForm['headers']>): void {
    const now = request().headers ?? [];
    if (JSON.stringify(now) === JSON.stringify(wanted)) return;
    headers = [];
    replaceContent(headerRows);
    for (const { name, value } of wanted) addHeader(name, value ?? '', false);
  }
}

function targetOptions(uri: string, { documents, title }: CorsChoicesAnswer) {
  const others = documents.map((document) => ({ value: document.uri, label: document.title }));
  return others.some(({ value }) => value === uri) ? others : [{ value: uri, label: title }, ...others];
}

function operationLabel({ id, method, urlTemplate, hasOwnPolicy }: CorsChoicesAnswer['operations'][number]) {
  const address = method === undefined ? undefined : `${method} ${urlTemplate ?? ''}`.trim();
  const parts = [address, hasOwnPolicy ? 'own policy' : undefined].filter((part) => part !== undefined);
  return { label: id, detail: parts.join(' · ') || undefined };
}

function createSelect(id: string, changed: () => void): HTMLSelectElement {
  return element('select', { id, attributes: { 'aria-describedby': `${id}-problem` }, on: { change: changed } });
}

function fillSelect(select: HTMLSelectElement, value: string, options: readonly (readonly [string, string])[]): void {
  const known = options.some(([id]) => id === value) ? options : [...options, [value, `${value} (unknown)`] as const];
  replaceContent(
    select,
    known.map(([id, label]) => element('option', { attributes: { value: id, selected: id === value } }, label)),
  );
  select.value = value;
}

function field(label: string, id: string, control: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { attributes: { for: id } }, label),
    control,
    problemLine(id),
  );
}

function problemLine(id: string): HTMLElement {
  return element('p', { class: 'field-problem', id: `${id}-problem` });
}
