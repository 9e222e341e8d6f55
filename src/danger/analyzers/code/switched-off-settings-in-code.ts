/** Settings that are written as code: `SESSION_COOKIE_SECURE = False`, `module.exports = { rateLimit: false }`. */
import type { Code, Pair } from '../../code';
import { noticeInAnyFile } from '../../rule-rows/match-setting-in-any-file';
import { itemsBeyond, textOnLine, type Pair as Place, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';

const SETTINGS_FILE = /(?:^|\/)(?:settings|config(?:uration)?s?)(?:\/|[\w.-]*\.\w+$)|\.config\.\w+$/i;
/** What a program changes while it runs is in small letters. */
const CONSTANT = /^[A-Z][A-Z0-9_]{3,}$/;
const PLAIN = /^(?:(["'`])([\w.*-]{1,40})\1|([\w-]{1,40}|\d[\d_ *]{0,40}))$/;
/** A list of plain values. */
const LIST = /^[[({]\s*(?:["'`][^"'`]{1,80}["'`]\s*,?\s*)*[\])}]$/;

/** What a constant, or a setting in a file of settings, switches off. One that is set several times is worked out. */
export function switchedOffInCode(path: string, before: Code, after: Code): readonly Noticed[] {
  const isSettings = SETTINGS_FILE.test(path);
  const [was, now] = [settledIn(before, isSettings), settledIn(after, isSettings)];
  return [...new Set([...now.keys(), ...was.keys()])].flatMap((key) => {
    const [old, is] = [was.get(key), now.get(key)];
    // worked out from now on, or until now: it may be what it was
    if (old === null || is === null || (is === undefined && !CONSTANT.test(key))) return [];
    const [from, to] = [treeOf(old), treeOf(is)];
    const around = from ?? to;
    const within: Place = { key: '', path: [], before: around, after: around, within: undefined };
    const place: Place = { key, path: [key], before: from, after: to, within };
    const subject = { it: '', type: path };
    if ((to ?? from)?.list === null) return noticeInAnyFile(place, subject);
    return itemsBeyond(from && to, from).flatMap((item) =>
      noticeInAnyFile({ key: '[]', path: [key], before: undefined, after: item, within: place }, subject),
    );
  });
}

/** By their names; null for what is no plain value, or has several different ones. */
function settledIn({ pairs }: Code, isSettings: boolean): ReadonlyMap<string, Pair | null> {
  const found = new Map<string, Pair | null>();
  for (const pair of pairs)
    if (isSettings || CONSTANT.test(pair.key))
      found.set(
        pair.key,
        (found.has(pair.key) && found.get(pair.key)?.value !== pair.value) ||
          !(PLAIN.test(pair.value) || LIST.test(pair.value))
          ? null
          : pair,
      );
  return found;
}

function treeOf(pair: Pair | undefined): Tree | undefined {
  if (pair === undefined) return undefined;
  const [, , quoted, bare] = PLAIN.exec(pair.value) ?? [];
  const plain = quoted ?? bare;
  if (plain !== undefined) return textOnLine(plain, pair.line);
  const items = [...pair.value.matchAll(/["'`]([^"'`]{1,80})["'`]/g)].map(([, text = '']) =>
    textOnLine(text, pair.line),
  );
  return { ...textOnLine('', pair.line), text: null, list: items };
}
