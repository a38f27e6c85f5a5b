/**
 * The part of sax 1.6.1 that saxReader.ts uses. Written here because `@types/sax` pulls in the types of Node, which the
 * policy core must not see.
 */
declare module 'sax' {
  export interface SaxTag {
    readonly name: string;
    readonly isSelfClosing: boolean;
  }

  export interface SaxParser {
    /** Characters read so far, in UTF-16 code units. */
    readonly position: number;
    /** One past the `<` of the markup that is being read. */
    readonly startTagPosition: number;
    /** The next `write` throws this error unless it is cleared. */
    error: Error | null;
    /** True behind the end tag of the first root; text that follows is then an error. */
    closedRoot: boolean;
    onopentag: (tag: SaxTag) => void;
    onclosetag: (name: string) => void;
    onerror: (error: Error) => void;
    write(text: string): SaxParser;
    close(): SaxParser;
  }

  export interface SaxOptions {
    readonly strictEntities?: boolean;
    readonly position?: boolean;
  }

  export function parser(strict: boolean, options?: SaxOptions): SaxParser;
}
