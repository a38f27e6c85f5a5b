/** The explorer's page: its tabs, what it keeps, and what it is told. */
import { createMapTab } from './corsMap/mapTab';
import { element, replaceContent } from './dom';
import { createExplainTab } from './explainTab';
import { connectToHost } from './host';
import { createTabs } from './tabs';

const host = connectToHost();
let shownUri = '';

function save(): void {
  host.save({ uri: shownUri, request: explain.request(), tab: tabs.selected() });
}

const explain = createExplainTab(host, ({ uri }) => {
  shownUri = uri;
  save();
});
const map = createMapTab(host, () => {
  showTab('explain');
  // The keyboard goes on where the eyes do.
  document.getElementById('tab-explain')?.focus();
});
const tabs = createTabs([explain, map], save);

function showTab(id: string): void {
  tabs.select(id);
  save();
}

replaceContent(document.body, tabs.bar, element('main', {}, tabs.panels));
host.onMessage((message) => {
  if (message.kind === 'showTab') showTab(message.tab);
  else if (message.kind === 'mapped' || message.kind === 'mapFailed') map.take(message);
  else explain.take(message);
});
if (host.savedState !== undefined) tabs.select(host.savedState.tab);
host.send({ kind: 'ready', state: host.savedState ?? null });
