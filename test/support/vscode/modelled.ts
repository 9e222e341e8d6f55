/** What the stand-in for `vscode` does not have throws with its name, so that no test passes on what is missing. */

/** Names that Node, its assertions and promises ask any object for. */
const ASKED_OF_ANY = new Set(['then', 'toJSON', 'constructor', 'nodeType', 'asymmetricMatch', 'inspect', 'default']);

export const notModelled = (name: string): Error =>
  new Error(`the stand-in for vscode (test/support/vscode) does not model ${name}`);

/** `part`, typed as the whole that it stands for; any other property throws. */
export function modelled<Whole extends object>(name: string, part: Partial<Whole>): Whole {
  const get = (target: object, key: string | symbol, receiver: unknown): unknown => {
    if (typeof key === 'string' && !(key in target) && !ASKED_OF_ANY.has(key)) throw notModelled(`${name}.${key}`);
    return Reflect.get(target, key, receiver);
  };
  return new Proxy(part, { get }) as Whole;
}
