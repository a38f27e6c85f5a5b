/** A code span, a link, a rule, an escaped character, or the mark of an emphasis. */
const markdownMarks = /(`+)( ?)(.+?)\2\1|\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)|^---$|\\([\\`*_{}[\]<>#|~])|\*\*?/gm;

/** The words of our Markdown, for clients that show none. What stands in code spans stays as it is. */
export function plainText(markdown: string): string {
  return markdown
    .replace(markdownMarks, (_mark, _fence, _padding, code?: string, link?: string, escaped?: string) => {
      if (code !== undefined) return code;
      if (link !== undefined) return plainText(link);
      return escaped ?? '';
    })
    .replace(/\n{3,}/g, '\n\n');
}
