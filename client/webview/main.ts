/** The explorer's page: its tabs, what it keeps, and what it is told. */
import { replaceContent } from './dom';
import { createExplainTab } from './explainTab';
import { connectToHost } from './host';
import { createTabs } from './tabs';

const host = connectToHost();
let shownUri = '';

function save(): void {
  if (shownUri !== '') host.save({ uri: shownUri, request: explain.request(), tab: tabs.selected() });
}

const explain = createExplainTab(host, ({ uri }) => {
  shownUri = uri;
  save();
});
const tabs = createTabs([explain], save);

replaceContent(document.body, tabs.bar, tabs.panels);
host.onMessage((message) => explain.take(message));
if (host.savedState !== undefined) tabs.select(host.savedState.tab);
host.send({ kind: 'ready', state: host.savedState ?? null });
