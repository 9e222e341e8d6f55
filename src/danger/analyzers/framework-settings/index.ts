/**
 * Framework settings that empty a database when the program starts: Hibernate, Quarkus, Flyway, Liquibase, Grails.
 */
import { isTest, isVendored } from '../../path-roles';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import { compare, named, sidesOf, textAt, textOnLine, type Tree } from '../../yaml-and-json';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';

/** Names and values in `.properties` files, and in XML elements that set a property. */
interface Placed {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

const LINE_AT_MOST = 2_000;

/** `key=value`, `key: value`; comments and Quarkus' test profiles are left out. */
function propertiesOf(text: string): readonly Placed[] {
  return text.split('\n').flatMap((line, index): Placed[] => {
    const [, key, value] = /^\s*([^\s#!=:][^\s=:]*)\s*[=:]\s*(.*?)\s*$/.exec(line.slice(0, LINE_AT_MOST)) ?? [];
    if (key === undefined || value === undefined || /^%(?:test|dev)\./.test(key)) return [];
    return [{ key, value, line: index + 1 }];
  });
}

/** `<property name="…" value="…"/>`, `<property name="…">…</property>`, `<prop key="…">…</prop>`. */
function attributesOf(text: string): readonly Placed[] {
  const found: Placed[] = [];
  const lines = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' ')).split('\n');
  lines.forEach((line, index) => {
    const [, key, , value, inner] =
      /<prop(?:erty)?\s[^>]*?(?:name|key)\s*=\s*["']([\w.-]{1,100})["'](?:[^>]*?(value)\s*=\s*["']([^"']{0,100})["'][^>]*)?>?(?:\s*([\w-]{1,40})\s*<)?/.exec(
        line.slice(0, LINE_AT_MOST),
      ) ?? [];
    const said = value ?? inner;
    if (key !== undefined && said !== undefined) found.push({ key, value: said, line: index + 1 });
  });
  return found;
}

const PROPERTIES = /\.properties$/i;
const XML = /(?:^|\/)(?:persistence|hibernate(?:\.cfg)?|applicationContext|[\w-]*context|[\w-]*config)[\w.-]*\.xml$/i;
const YAML = /(?:^|\/)(?:application|bootstrap|microservice|config)[\w.-]*\.ya?ml$/i;
/** Files and profiles whose data can be lost without harm. */
const THROWAWAY = /(?:^|[-_./])(?:test|tests|testing|it|integration|e2e|ci|h2|local|embedded)(?:[-_./]|$)/i;
/** An in-memory database is empty at each start anyway. */
const IN_MEMORY = /jdbc:(?:h2:mem|hsqldb:mem|derby:memory|sqlite::memory)/i;

export const frameworks: AnalyzerOfFiles = {
  id: 'frameworks',
  concerns: ({ path, after }) =>
    after !== null &&
    (PROPERTIES.test(path) || YAML.test(path) || XML.test(path)) &&
    !isTest(path) &&
    !isVendored(path) &&
    !THROWAWAY.test(path) &&
    !IN_MEMORY.test(after) &&
    /ddl-auto|hbm2ddl|schema-generation|database\.generation|generation|clean|drop-first|dropFirst|dbCreate/i.test(
      after,
    ),
  notice: (change) => {
    const before = new Set(
      settingsOf(change, 'before')
        .filter((one) => emptying(one).length > 0)
        .map(keyOf),
    );
    return settingsOf(change, 'after')
      .filter((one) => !before.has(keyOf(one)))
      .flatMap(emptying);
  },
};

const keyOf = ({ key, value }: Placed): string => `${plain(key)}=${value.toLowerCase()}`;
const plain = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');

/** What the rules say of a setting. */
const emptying = ({ key, value, line }: Placed): readonly Noticed[] =>
  noticeSetting(
    'settings',
    {
      key: plain(key),
      path: [plain(key)],
      before: undefined,
      after: textOnLine(value, line),
      within: undefined,
    },
    { it: named(key) },
  );

function settingsOf(change: Change, side: 'before' | 'after'): readonly Placed[] {
  const text = change[side];
  if (text === null) return [];
  if (PROPERTIES.test(change.path)) return propertiesOf(text);
  if (XML.test(change.path)) return attributesOf(text);
  return (sidesOf(change)?.[side] ?? []).filter((document) => !THROWAWAY.test(profileOf(document))).flatMap(flat);
}

/** The profile that a document in a file applies to. */
const profileOf = (document: Tree): string =>
  textAt(document, 'spring', 'config', 'activate', 'on-profile') ?? textAt(document, 'spring', 'profiles') ?? '';

/** Values by their full name, `spring.jpa.hibernate.ddl-auto`. Test profiles are left out. */
function flat(document: Tree): readonly Placed[] {
  const found: Placed[] = [];
  compare(undefined, document, ({ path, after }) => {
    if (after === undefined || after.text === null || path.some((step) => THROWAWAY.test(step.replace('%', ''))))
      return;
    found.push({ key: path.join('.'), value: after.text, line: after.line });
  });
  return found;
}
