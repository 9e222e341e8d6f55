/** `@{ state = 'success' }`: what such a table is as text, and which options it stands for behind `@`. */
import type { Word } from '../words/invocation';

interface Entry {
  readonly key: string;
  readonly values: readonly Word[];
}

export class Tables {
  private readonly options = new Map<string, readonly Word[]>();

  /** `@{state="success"}`. */
  keep(entries: readonly Entry[]): Word {
    const text = `@{${entries.map(({ key, values }) => `${key}=${values.map(shownValue).join(',')}`).join('; ')}}`;
    this.options.set(text, entries.flatMap(optionsOf));
    return { text, open: true };
  }

  /** By the table's text. */
  optionsOf = (text: string): readonly Word[] | undefined => this.options.get(text);
}

/** What is not known shows as a variable. */
const shownValue = ({ text, open }: Word): string =>
  text.startsWith('@{') ? text : open ? `$${text}` : JSON.stringify(text);

function optionsOf({ key, values }: Entry): readonly Word[] {
  const option = { text: `-${key}`, open: false };
  if (values[0]?.text === '$false') return [];
  return values[0]?.text === '$true' ? [option] : [option, ...values];
}
