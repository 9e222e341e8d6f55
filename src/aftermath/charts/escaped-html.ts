/**
 * HTML that is safe by construction: every text that is inserted is escaped, and only what this file created is
 * inserted as it is.
 */

/** A piece of HTML. Only {@link html}, {@link raw} and {@link join} create it. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = Html | string | number | null | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control and direction characters may reorder or hide what is written around them. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text for an element or for an attribute in quotes. */
const escaped = (text: string): string =>
  text.replace(INVISIBLE, '\ufffd').replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

/** Tag of a template: `html`, with each value escaped unless it is {@link Html} itself. */
export const html = (texts: TemplateStringsArray, ...values: readonly Part[]): Html =>
  new Html(texts.map((text, at) => text + (at < values.length ? textOf(values[at]) : '')).join(''));

/** Treats a text of ours, such as a style sheet, as HTML. Never for a text from outside. */
export const raw = (text: string): Html => new Html(text);

function textOf(value: Part): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(textOf).join('');
}
