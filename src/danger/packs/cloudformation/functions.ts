/** Template values in one spelling: `!Ref X`, `{Ref: X}` and `Fn::Ref` mean the same. */
import type { Tree } from '../../tree';

/** Longer values are cut. Characters. */
const LONGEST = 20_000;

/** A text that is equal for values with the same meaning; undefined when there is no value. */
export function plain(tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  let left = LONGEST;
  const write = (one: Tree): string => {
    if ((left -= 8) < 0) return '';
    const inner =
      one.text !== null
        ? JSON.stringify(one.text)
        : one.list !== null
          ? `[${one.list.map(write).join()}]`
          : `{${[...(one.map ?? [])]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`)
              .join()}}`;
    if (!one.tag?.startsWith('!')) return inner;
    const name = one.tag.slice(1);
    const value =
      name === 'GetAtt' && one.text !== null
        ? `[${one.text
            .split('.')
            .map((part) => JSON.stringify(part))
            .join()}]`
        : inner;
    return `{${JSON.stringify(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)}:${value}}`;
  };
  return write(tree);
}
