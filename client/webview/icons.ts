const namespace = 'http://www.w3.org/2000/svg';

/** Drawn on 16 × 16, in the colour of the text around them. */
const shapes = {
  pass: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm3.1 5.1-3.9 4a.7.7 0 0 1-1 0L4.7 9a.7.7 0 0 1 1-1l1 1.1 3.4-3.5a.7.7 0 0 1 1 1Z',
  block:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm2.6 8.1a.7.7 0 1 1-1 1L8 9l-1.6 1.6a.7.7 0 1 1-1-1L7 8 5.4 6.4a.7.7 0 0 1 1-1L8 7l1.6-1.6a.7.7 0 1 1 1 1L9 8l1.6 1.6Z',
  question:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 10.6a.9.9 0 1 1 0-1.8.9.9 0 0 1 0 1.8Zm.9-3.3v.3a.7.7 0 0 1-1.5 0v-.6c0-.6.4-.9.8-1.2.5-.3.8-.6.8-1 0-.6-.5-.9-1-.9s-1 .3-1.1.9a.7.7 0 0 1-1.4-.2C5.6 4.900 6.700 4.100 8 4.100s2.500.8 2.500 2.200c0 1.200-.8 1.700-1.300 2.100-.2.1-.3.2-.3.4Z',
  wrench:
    'M14.300 4.200a.5.5 0 0 0-.8-.1l-1.700 1.700-1.300-.3-.3-1.300 1.700-1.700a.5.5 0 0 0-.1-.8 4 4 0 0 0-5.300 4.900l-4.600 4.600a1.700 1.700 0 1 0 2.400 2.400l4.600-4.600a4 4 0 0 0 5.400-4.800Z',
  plus: 'M7.300 3h1.400v4.300H13v1.400H8.700V13H7.300V8.700H3V7.300h4.300V3Z',
  close: 'M4.400 3.400 8 7l3.600-3.600 1 1L9 8l3.600 3.600-1 1L8 9l-3.600 3.600-1-1L7 8 3.400 4.400l1-1Z',
  chevron: 'M3.700 5.700 8 10l4.300-4.300 1 1L8 12 2.700 6.700l1-1Z',
} as const;

export type IconName = keyof typeof shapes;

/** Says nothing to a screen reader: the words beside it do. */
export function icon(name: IconName, className = ''): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name} ${className}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', shapes[name]);
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
