/** Elements in one expression. Text is always text: nothing here reads HTML. */

export type Child = Node | string | undefined | readonly Child[];

export interface Properties {
  readonly class?: string | undefined;
  readonly id?: string | undefined;
  /** Attributes; `true` is an empty one, `undefined` and `false` are none. */
  readonly attributes?: Readonly<Record<string, string | boolean | undefined>>;
  readonly on?: Readonly<Partial<{ [Type in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[Type]) => void }>>;
}

/** `element('p', { class: 'hint' }, 'text', child)` */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { class: className, id, attributes = {}, on = {} }: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (id !== undefined) made.id = id;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(attribute, value === true ? '' : value);
  }
  for (const [type, listener] of Object.entries(on)) made.addEventListener(type, listener as EventListener);
  append(made, children);
  return made;
}

/** Puts other children in, and keeps the focus on the child with the same `data-key` where there still is one. */
export function replaceContent(parent: HTMLElement, ...children: readonly Child[]): void {
  const focused = parent.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const key = focused?.dataset['key'];
  parent.replaceChildren();
  append(parent, children);
  if (key === undefined) return;
  parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string' || child instanceof Node) parent.append(child);
    else append(parent, child);
  }
}

let lastId = 0;

/** An id that no other element of the page has. */
export function freshId(prefix: string): string {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
