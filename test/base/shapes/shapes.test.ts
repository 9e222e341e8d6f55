import assert from 'node:assert/strict';
import {
  fitting,
  hasShape,
  isAnything,
  isFlag,
  isListOf,
  isMapOf,
  isNumber,
  isObject,
  isOneOf,
  isText,
  isWhole,
  optional,
  orNull,
  parsedAs,
  textOrNull,
  type Guard,
} from '../../../src/base/shapes';

const VALUES: Readonly<Record<string, unknown>> = {
  text: 'a',
  whole: 1,
  fraction: 1.5,
  flag: false,
  nothing: null,
  missing: undefined,
  list: [],
  texts: ['a', 'b'],
  mixed: ['a', 1],
  object: {},
  map: { a: 'b' },
};

describe('hasShape and its helpers', () => {
  const GUARDS: readonly (readonly [name: string, guard: Guard<unknown>, fits: readonly string[]])[] = [
    ['a text', isText, ['text']],
    ['a number', isNumber, ['whole', 'fraction']],
    ['a whole number', isWhole, ['whole']],
    ['a flag', isFlag, ['flag']],
    ['an object', isObject, ['object', 'map']],
    ['one of some values', isOneOf('a', 1), ['text', 'whole']],
    ['a text or null', orNull(isText), ['text', 'nothing']],
    ['a text or none', optional(isText), ['text', 'missing']],
    ['a list of texts', isListOf(isText), ['list', 'texts']],
    ['a map of texts', isMapOf(isText), ['object', 'map']],
    ['an object with a key', hasShape({ a: isText }), ['map']],
    ['an object that may have a key', hasShape({ a: optional(isNumber) }), ['object']],
    ['anything', isAnything, Object.keys(VALUES)],
  ];
  for (const [name, guard, fits] of GUARDS)
    it(`${name} fits only ${fits.join(', ')}`, () => {
      assert.deepEqual(
        Object.keys(VALUES).filter((key) => guard(VALUES[key])),
        fits,
      );
    });

  it('an object may have other keys', () => {
    assert.ok(hasShape({ a: isText })({ a: '', b: 1 }));
  });

  it("a key must be the object's own, not its prototype's", () => {
    assert.ok(!hasShape({ a: hasShape({ toString: isText }) })({ a: {} }));
  });

  it('parsedAs is undefined for text that is not JSON, has another shape, or is too long', () => {
    const isNamed = hasShape({ name: isText });
    assert.deepEqual(parsedAs('{"name": "a"}', isNamed), { name: 'a' });
    for (const text of ['', '{', 'null', '{"name": 1}', '["name"]']) assert.equal(parsedAs(text, isNamed), undefined);
    assert.equal(parsedAs('{"name": "a"}', isNamed, 12), undefined);
  });

  it('fitting keeps the items of a list that fit, and is empty for anything else', () => {
    assert.deepEqual(fitting(['a', 1, null], isText), ['a']);
    assert.deepEqual(fitting({ length: 1 }, isText), []);
    assert.equal(textOrNull(1), null);
  });
});
