import type { CorsRequestExplanation, FilePlace, OpenQuestion } from '../../server/src/lsp/protocol';
import { type Child, element } from './dom';
import { icon } from './icons';
import { journeyView, type Open, placeLink, scopesView, unsentView } from './journeyView';
import { sourceName, verdictOf } from './wording';

type Explanation = CorsRequestExplanation<FilePlace>;

/** What a person can do with an explanation. */
export interface ExplanationEvents {
  readonly open: Open;
  /** Look at the request with another reading of an open question. */
  readonly assume: (name: string, value: string) => void;
  readonly repair: (repair: { readonly id: string; readonly title: string }) => void;
  readonly saveTest: () => void;
  /** Leave a header out of the request. */
  readonly dropHeader: (name: string) => void;
}

/** Everything behind the verdict, in reading order. */
export function explanationView(explanation: Explanation, events: ExplanationEvents): readonly Child[] {
  const { scopes, preflight, actual, needsPreflight, why, method, because } = explanation;
  const unsent =
    preflight === undefined ? because : 'The preflight request has failed, so the browser never sends the call.';
  const callTitle = preflight === undefined && !needsPreflight ? `${method} request` : `2 · ${method} request`;
  return [
    element(
      'section',
      { class: 'travel', attributes: { 'aria-labelledby': 'travel-title' } },
      element('h2', { id: 'travel-title' }, 'The way of the request'),
      scopesView(scopes, events.open),
      element(
        'p',
        { class: 'why' },
        element('strong', {}, needsPreflight ? 'The browser asks first. ' : 'No preflight request. '),
        why,
      ),
      hintsView(explanation, events),
      preflight === undefined ? undefined : journeyView('1 · Preflight request', preflight, events.open),
      actual === undefined ? unsentView(callTitle, unsent) : journeyView(callTitle, actual, events.open),
      readableLine(explanation),
      cacheLine(explanation),
    ),
    repairsView(explanation, events),
    dependsView(explanation, events),
    notesView(explanation),
  ];
}

/** What comes out, why, what the browser prints, and what can be done about it. */
export function verdictView(explanation: Explanation, { open, saveTest }: ExplanationEvents): readonly Child[] {
  const { browser, because, title, console, decidedAt, repairs, dependsOn } = explanation;
  const wording = verdictOf(browser);
  return [
    icon(wording.iconName),
    element(
      'div',
      { class: 'verdict-content' },
      element('p', { class: 'verdict-title' }, element('strong', {}, wording.title), ` ${title}`),
      element('p', { class: 'verdict-because' }, because),
      console === undefined ? undefined : consoleView(console),
      element(
        'div',
        { class: 'verdict-actions' },
        decidedAt === undefined ? undefined : placeLink(decidedAt, open, undefined, 'verdict'),
        repairs.length === 0 ? undefined : jump('repairs', counted(repairs.length, 'repair')),
        dependsOn.length === 0 ? undefined : jump('depends', counted(dependsOn.length, 'open question')),
        element(
          'button',
          { class: 'link-button', attributes: { type: 'button', 'data-key': 'save-test' }, on: { click: saveTest } },
          'Save as a test…',
        ),
      ),
    ),
  ];
}

/** For a screen reader, which hears it when it changes. */
export function spokenVerdict({ browser, title, because }: Explanation): string {
  return `${verdictOf(browser).title}: ${title}. ${because}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Takes the reader to a section of the page, and the focus with it. */
function jump(section: string, label: string): HTMLElement {
  const go = (): void => {
    const heading = document.getElementById(`${section}-title`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return element(
    'button',
    { class: 'link-button', attributes: { type: 'button', 'data-key': `jump-${section}` }, on: { click: go } },
    label,
  );
}

function consoleView(line: string): HTMLElement {
  return element(
    'figure',
    { class: 'console' },
    element('figcaption', {}, 'In the browser’s console'),
    element('code', {}, line),
  );
}

function repairsView({ repairs, browser }: Explanation, { repair }: ExplanationEvents): HTMLElement | undefined {
  if (repairs.length === 0) return undefined;
  const items = repairs.map(({ id, title, browser: after, isCertain }) => {
    const wording = verdictOf(after);
    return element(
      'li',
      {},
      element(
        'button',
        {
          class: 'secondary-button',
          attributes: { type: 'button', 'data-key': `repair-${id}` },
          on: { click: () => repair({ id, title }) },
        },
        icon('wrench', 'repair-icon'),
        element('span', {}, title),
      ),
      element(
        'span',
        { class: `repair-verdict tone-${wording.tone}` },
        icon(wording.iconName),
        isCertain ? `then ${wording.title.toLowerCase()}` : `then ${wording.title.toLowerCase()}, as far as is known`,
      ),
    );
  });
  const title = browser === 'allowed' ? 'Make it certain' : 'Repair it';
  return element(
    'section',
    { class: 'repairs', attributes: { 'aria-labelledby': 'repairs-title' } },
    element('h2', { id: 'repairs-title', attributes: { tabindex: '-1' } }, title),
    element('ul', {}, items),
  );
}

function hintsView({ hints }: Explanation, { dropHeader }: ExplanationEvents): HTMLElement | undefined {
  if (hints.length === 0) return undefined;
  const items = hints.map(({ text, header }) =>
    element(
      'li',
      {},
      element('p', {}, text),
      element(
        'button',
        {
          class: 'secondary-button',
          attributes: { type: 'button', 'data-key': `drop-${header}` },
          on: { click: () => dropHeader(header) },
        },
        `Leave ${header} out`,
      ),
    ),
  );
  return element(
    'section',
    { class: 'hints', attributes: { 'aria-labelledby': 'hints-title' } },
    element('h3', { id: 'hints-title' }, 'The page could do without asking'),
    element('ul', {}, items),
  );
}

function readableLine({ readableHeaders }: Explanation): HTMLElement | undefined {
  if (readableHeaders === undefined) return undefined;
  const which = readableHeaders === 'all' ? 'every header' : `these headers: ${readableHeaders.join(', ')}`;
  return element('p', { class: 'readable' }, `Of the answer, the page may read ${which}.`);
}

function cacheLine({ cachedForSeconds, method }: Explanation): HTMLElement | undefined {
  if (cachedForSeconds === undefined) return undefined;
  const text =
    cachedForSeconds > 0
      ? `The browser asks again after ${cachedForSeconds} seconds: until then it sends the ${method} at once.`
      : 'The browser asks before every such call: there is no max-age.';
  return element('p', { class: 'cache' }, text);
}

function dependsView({ dependsOn }: Explanation, events: ExplanationEvents): HTMLElement | undefined {
  if (dependsOn.length === 0) return undefined;
  return element(
    'section',
    { class: 'depends', attributes: { 'aria-labelledby': 'depends-title' } },
    element('h2', { id: 'depends-title', attributes: { tabindex: '-1' } }, 'It depends on'),
    dependsOn.map((question, index) => questionView(question, index, events)),
  );
}

function questionView(
  { openIn, switchName, question, readings, sources }: OpenQuestion,
  index: number,
  events: ExplanationEvents,
) {
  const legend = openIn === 'gateway' ? `${question}: only the running gateway knows.` : question;
  const rows = readings.map(({ value, text, isTaken, browser, because }) => {
    const wording = verdictOf(browser);
    const verdict = element(
      'span',
      { class: `reading-verdict tone-${wording.tone}` },
      icon(wording.iconName),
      wording.title,
    );
    const body = element(
      'span',
      { class: 'reading-text' },
      text,
      verdict,
      isTaken ? undefined : element('span', { class: 'reading-because' }, because),
    );
    if (switchName === undefined || value === undefined) return element('li', { class: 'reading' }, body);
    const radio = element('input', {
      attributes: {
        type: 'radio',
        name: `question-${index}`,
        checked: isTaken,
        'data-key': `assume-${switchName}-${value}`,
      },
      on: { change: () => events.assume(switchName, value) },
    });
    return element('li', { class: 'reading' }, element('label', {}, radio, body));
  });
  const pages = sources.map((source) => element('a', { attributes: { href: source } }, sourceName(source)));
  return element(
    'fieldset',
    { class: 'question' },
    element('legend', {}, legend),
    element('ul', {}, rows),
    pages.length === 0 ? undefined : element('p', { class: 'sources' }, pages),
  );
}

function notesView({ notes }: Explanation): HTMLElement | undefined {
  if (notes.length === 0) return undefined;
  return element(
    'section',
    { class: 'notes', attributes: { 'aria-labelledby': 'notes-title' } },
    element('h2', { id: 'notes-title' }, 'What this rests on'),
    element(
      'ul',
      {},
      notes.map((note) => element('li', {}, note)),
    ),
  );
}
