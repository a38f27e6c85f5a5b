import { element } from './dom';

/** One tab of the page. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: HTMLElement;
  /** Called when it comes to the front. */
  readonly shown?: () => void;
  /** Called when another one comes to the front. */
  readonly left?: () => void;
}

export interface Tabs {
  readonly bar: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly selected: () => string;
  select(id: string): void;
}

/**
 * Tabs after the pattern of the ARIA Authoring Practices: arrow keys, Home and End move and select. A single tab draws no
 * bar.
 */
export function createTabs(tabs: readonly Tab[], changed: () => void): Tabs {
  let selected = tabs[0]?.id ?? '';
  const isAlone = tabs.length === 1;
  const buttons = tabs.map(({ id, label }) =>
    element(
      'button',
      {
        class: 'tab',
        id: `tab-${id}`,
        attributes: { type: 'button', role: 'tab', 'aria-controls': `panel-${id}` },
        on: { click: () => choose(id), keydown: move },
      },
      label,
    ),
  );
  const list = element('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': 'Views' } }, buttons);
  const bar = element('header', { attributes: { hidden: isAlone } }, list);
  const panels = tabs.map(({ id, content }) => {
    const role = isAlone ? {} : { role: 'tabpanel', 'aria-labelledby': `tab-${id}` };
    return element('div', { class: 'tab-panel', id: `panel-${id}`, attributes: role }, content);
  });

  function show(): void {
    for (const [index, { id }] of tabs.entries()) {
      const isSelected = id === selected;
      buttons[index]?.setAttribute('aria-selected', String(isSelected));
      buttons[index]?.setAttribute('tabindex', isSelected ? '0' : '-1');
      panels[index]?.toggleAttribute('hidden', !isSelected);
    }
    tabs.find(({ id }) => id === selected)?.shown?.();
  }
  /** False for a tab that does not exist. */
  function bring(id: string): boolean {
    if (!tabs.some((tab) => tab.id === id)) return false;
    const before = tabs.find((tab) => tab.id === selected);
    selected = id;
    if (before?.id !== id) before?.left?.();
    show();
    return true;
  }
  function choose(id: string): void {
    if (bring(id)) changed();
  }
  function move(event: KeyboardEvent): void {
    const current = tabs.findIndex(({ id }) => id === selected);
    const last = tabs.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: current === 0 ? last : current - 1,
      ArrowRight: current === last ? 0 : current + 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    const tab = target === undefined ? undefined : tabs[target];
    if (target === undefined || tab === undefined) return;
    event.preventDefault();
    choose(tab.id);
    buttons[target]?.focus();
  }
  show();
  return {
    bar,
    panels,
    selected: () => selected,
    select: (id) => void bring(id),
  };
}
