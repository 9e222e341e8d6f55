/** Keys and values that a line of any file of settings, or of code, has: switches, and what a finding leads to. */

export const ON = /^(?:true|yes|on|enabled?|always|1)$/i;
export const OFF = /^(?:false|no|off|disabled?|never|0|none)$/i;
const VALUE =
  /(?<=[:=>("',\s[]|^)(?:true|false|yes|no|on|off|enabled?|disabled?|always|never|none|0|1|fatal|errors?|fail|deny|forbid|block|critical|warn(?:ing)?|info|ignored?|silent|hint|hidden|suggestion|allow|notice|manual)(?=["'<),;\s\]/}]|$)/gi;

/** A line that sets nothing. */
export const COMMENT = /^(?:#|\/\/|;|<!--|\*|\/\*)/;

/** The words of a name, whichever way they are joined. */
export const wordsOf = (key: string): readonly string[] =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

export interface Setting {
  readonly key: string;
  readonly value: string;
  /** The line without the value. */
  readonly frame: string;
}

export function settingsIn(text: string): readonly Setting[] {
  return [...text.matchAll(VALUE)].flatMap(({ 0: value, index }) => {
    const [, key] =
      /([\w.@/-]+)(?:["']?\]?\s*(?:=>|[:=(>]|\.set\(|\s)\s*[[("']*|\s+)$/.exec(text.slice(0, index)) ?? [];
    if (key === undefined) return [];
    return [{ key, value, frame: `${text.slice(0, index)}\0${text.slice(index + value.length)}` }];
  });
}

/** The values that lines have, by what else the line says. */
export function valuesByFrame(lines: readonly { readonly text: string }[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { text } of lines)
    for (const { frame, value } of settingsIn(text)) found.set(frame, [...(found.get(frame) ?? []), value]);
  return found;
}
