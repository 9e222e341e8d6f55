/**
 * The few members of a browser's elements that the driver reads. The project's types have no DOM on purpose: nothing of
 * the product runs in a page, and `document` must stay an unknown word there.
 */
export interface El {
  readonly id: string;
  readonly className: string;
  readonly textContent: string | null;
  readonly innerText: string;
  readonly style: { readonly top: string };
  readonly classList: { contains(name: string): boolean };
  readonly children: ArrayLike<El>;
  readonly value?: string;
  readonly placeholder?: string;
  readonly checked?: boolean;
  getAttribute(name: string): string | null;
  querySelector(selector: string): El | null;
  querySelectorAll(selector: string): ArrayLike<El>;
  cloneNode(deep: boolean): El;
  remove(): void;
}

/** What a person reads: no-break spaces are spaces, characters without a width are gone. */
export const clean = (text: string | null | undefined): string =>
  (text ?? '').replaceAll('\u00a0', ' ').replace(/[\u200b-\u200d\ufeff]/g, '');

/** One line of a row's text. */
export const oneLine = (text: string): string =>
  clean(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();

/** Whether a text is what a caller asked for: it contains the string, or the pattern matches. */
export const matches = (text: string, match: string | RegExp): boolean =>
  typeof match === 'string' ? text.includes(match) : match.test(text);

/** A pattern for an element whose whole text is this, white space around it aside. */
export const whole = (text: string): RegExp => new RegExp(`^\\s*${text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
