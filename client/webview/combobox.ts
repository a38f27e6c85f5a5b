import { element, freshId, replaceContent } from './dom';
import { icon } from './icons';

/** One suggestion. */
export interface ComboboxOption {
  readonly value: string;
  /** Shown instead of the value. */
  readonly label?: string | undefined;
  readonly detail?: string | undefined;
}

export interface Combobox {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  setOptions(options: readonly ComboboxOption[]): void;
  /** Without telling that it was changed. */
  setValue(value: string): void;
  readonly value: () => string;
}

/** More than anybody reads: one goes on typing. */
const mostShown = 100;

/**
 * A text field with suggestions, after the combobox pattern of the ARIA Authoring Practices: arrow keys, Enter, Escape.
 * `isClosed`: nothing but an option can be chosen; the field then shows labels.
 */
export function createCombobox({
  id,
  label,
  placeholder = '',
  describedBy,
  isClosed = false,
  changed,
}: {
  readonly id: string;
  /** For a screen reader, where no visible label points to `id`. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  readonly isClosed?: boolean;
  /** Called while typing too, unless `isClosed`. */
  readonly changed: (value: string) => void;
}): Combobox {
  let options: readonly ComboboxOption[] = [];
  let chosen = '';
  let shown: readonly ComboboxOption[] = [];
  let active = -1;
  const listId = freshId('options');
  const input = element('input', {
    class: 'combobox-input',
    id,
    attributes: {
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder,
      'aria-label': label,
      'aria-describedby': describedBy,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': listId,
    },
    on: {
      input: () => {
        if (!isClosed) tell(input.value);
        open(input.value);
      },
      keydown: press,
      focus: () => input.select(),
      blur: close,
      click: () => open(''),
    },
  });
  const list = element('ul', {
    class: 'combobox-list',
    id: listId,
    attributes: { role: 'listbox', 'aria-label': label ?? 'Suggestions', hidden: true },
  });
  const button = element(
    'button',
    {
      class: 'combobox-button',
      // The field does it all with the keyboard, so the button is for pointers alone.
      attributes: { type: 'button', tabindex: '-1', 'aria-hidden': 'true' },
      on: {
        mousedown: (event) => {
          event.preventDefault();
          input.focus();
          if (list.hidden) open('');
          else close();
        },
      },
    },
    icon('chevron'),
  );
  const root = element('div', { class: 'combobox' }, input, button, list);

  function labelOf(value: string): string {
    return isClosed ? (options.find((option) => option.value === value)?.label ?? value) : value;
  }
  function tell(value: string): void {
    if (value === chosen) return;
    chosen = value;
    changed(value);
  }
  function open(typed: string): void {
    const words = typed.toLowerCase().split(/\s+/);
    const all = options.filter(({ value, label: name = '', detail = '' }) => {
      const text = `${value} ${name} ${detail}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    shown = all.slice(0, mostShown);
    active = -1;
    const rows = shown.map((option, index) =>
      element(
        'li',
        {
          class: 'combobox-option',
          id: `${listId}-${index}`,
          attributes: { role: 'option', 'aria-selected': String(option.value === chosen) },
          on: {
            mousedown: (event) => {
              event.preventDefault();
              pick(option);
            },
          },
        },
        element('span', { class: 'combobox-label' }, option.label ?? option.value),
        option.detail === undefined ? undefined : element('span', { class: 'combobox-detail' }, option.detail),
      ),
    );
    const rest = all.length - shown.length;
    const more =
      rest === 0
        ? undefined
        : element(
            'li',
            {
              class: 'combobox-more',
              attributes: { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' },
            },
            `${rest} more: type to find them`,
          );
    replaceContent(list, rows, more);
    // A list of what stands in the field already tells nothing.
    list.hidden = rows.length === 0 || (typed !== '' && shown.length === 1 && shown[0]?.value === typed);
    input.setAttribute('aria-expanded', String(!list.hidden));
    mark();
  }
  function close(): void {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    if (isClosed) input.value = labelOf(chosen);
  }
  function pick(option: ComboboxOption): void {
    input.value = option.label !== undefined && isClosed ? option.label : option.value;
    close();
    tell(option.value);
  }
  function mark(): void {
    for (const [index, row] of [...list.children].entries()) row.classList.toggle('active', index === active);
    const row = list.children[active];
    if (row === undefined) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    }
  }
  function press(event: KeyboardEvent): void {
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) open('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = shown.length;
      if (count > 0) active = active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count;
      mark();
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const option = shown[active] ?? (isClosed ? shown[0] : undefined);
      if (option === undefined) close();
      else pick(option);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return {
    root,
    input,
    setOptions(next) {
      options = next;
      if (document.activeElement !== input) input.value = labelOf(chosen);
    },
    setValue(value) {
      chosen = value;
      // What somebody is typing stays.
      if (document.activeElement !== input || input.value === '') input.value = labelOf(value);
    },
    value: () => chosen,
  };
}
