import type { CorsChoicesAnswer, CorsRequestForm } from '../../server/src/lsp/protocol';
import { element, replaceContent } from './dom';
import { type ExplanationEvents, explanationView, spokenVerdict, verdictView } from './explanationView';
import type { Host } from './host';
import type { ExtensionMessage } from './messages';
import { createRequestForm } from './requestForm';
import type { Tab } from './tabs';
import { verdictOf } from './wording';

/** While somebody types: the answer follows when they pause. */
const typingMs = 200;

export interface ExplainTab extends Tab {
  take(message: Extract<ExtensionMessage, { readonly kind: 'choices' | 'explained' | 'nothing' }>): void;
  readonly request: () => CorsRequestForm;
}

/** The tab that explains one request: its form at the side, the explanation beside it. */
export function createExplainTab(host: Host, changed: (request: { readonly uri: string }) => void): ExplainTab {
  let uri = '';
  let choices: CorsChoicesAnswer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const form = createRequestForm({
    changed: () => {
      changed({ uri });
      clearTimeout(timer);
      timer = setTimeout(() => host.send({ kind: 'explain', request: form.request() }), typingMs);
    },
    choose: (chosen) => host.send({ kind: 'choose', uri: chosen }),
  });
  const heading = element('h1', { class: 'spoken' }, 'CORS request');
  const spoken = element('p', { class: 'spoken', attributes: { role: 'status' } });
  const verdict = element('section', { class: 'verdict', attributes: { 'aria-label': 'Verdict' } });
  const details = element('div', { class: 'details' });
  const nothing = element('div', { class: 'nothing', attributes: { hidden: true } });
  const result = element('div', { class: 'result' }, heading, spoken, verdict, details);
  const side = element('div', { class: 'side' }, form.root);
  const content = element('div', { class: 'explain' }, nothing, side, result);
  const events: ExplanationEvents = {
    open: (place) => host.send({ kind: 'open', place }),
    assume: form.assume,
    dropHeader: form.dropHeader,
    repair(repair) {
      host.send({ kind: 'repair', repair });
      // What becomes of the call then is said up there.
      verdict.scrollIntoView({ block: 'nearest' });
    },
    saveTest: () => host.send({ kind: 'saveTest' }),
  };

  /** Of a document that no request runs by itself: the policies that requests run with it. */
  function otherPolicies(): HTMLElement | undefined {
    if (choices === undefined || choices.scope !== undefined) return undefined;
    if (choices.documents.length === 0) return element('p', {}, 'No policy in the workspace does.');
    const buttons = choices.documents.map(({ uri: other, title }) =>
      element(
        'button',
        {
          class: 'secondary-button',
          attributes: { type: 'button', 'data-key': `policy-${other}` },
          on: { click: () => host.send({ kind: 'choose', uri: other }) },
        },
        title,
      ),
    );
    return element(
      'div',
      { class: 'other-policies', attributes: { role: 'group', 'aria-label': 'Policies' } },
      buttons,
    );
  }

  /** What is said again is not read out again. */
  function say(text: string): void {
    if (spoken.textContent !== text) spoken.textContent = text;
  }

  function showNothing(title: string, message: string, canRestart: boolean): void {
    replaceContent(
      nothing,
      element('h1', {}, title),
      element('p', { attributes: { role: 'status' } }, message),
      canRestart
        ? element(
            'button',
            {
              class: 'button',
              attributes: { type: 'button' },
              on: { click: () => host.send({ kind: 'restartServer' }) },
            },
            'Restart language server',
          )
        : undefined,
    );
    nothing.hidden = false;
    side.hidden = true;
    result.hidden = true;
  }

  return {
    id: 'explain',
    label: 'Explain a request',
    content,
    request: () => form.request(),
    take(message) {
      if (message.kind === 'nothing') return showNothing(message.title, message.message, message.canRestart);
      nothing.hidden = true;
      side.hidden = false;
      result.hidden = false;
      if (message.kind === 'choices') {
        uri = message.uri;
        choices = message.choices;
        // What was about to be asked belongs to a request that is gone.
        if (message.request !== null) clearTimeout(timer);
        form.show(message.uri, message.choices, message.request ?? form.request());
        heading.textContent = `CORS request to ${message.choices.title}`;
        changed({ uri });
        return;
      }
      const { explanation, problems } = message.answer;
      form.showProblems(problems);
      if (explanation === undefined) {
        verdict.className = 'verdict tone-open';
        const document = problems.filter(({ field }) => field === 'document');
        const shown =
          document.length > 0
            ? document.map((problem) => problem.message)
            : ['Complete the request to see what becomes of it.'];
        const sentences = shown.map((text) => element('p', {}, text));
        replaceContent(verdict, element('div', {}, sentences, document.length > 0 ? otherPolicies() : undefined));
        replaceContent(details);
        say(shown.join(' '));
        return;
      }
      verdict.className = `verdict tone-${verdictOf(explanation.browser).tone}`;
      replaceContent(verdict, verdictView(explanation, events));
      say(spokenVerdict(explanation));
      replaceContent(details, explanationView(explanation, events));
    },
  };
}
