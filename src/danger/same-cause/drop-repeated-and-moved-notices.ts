/** One cause, seen in two files of a change: a schema and the migration made from it, a check and where it went. */
import { SEVERITIES, type Finding } from '../finding';
import { escapedPattern } from '../../base/patterns';
import { codeOf, isCode, nameOfLink, type Code } from '../code';
import type { Change, Tools } from '../types';

const isSchema = (path: string): boolean => path.endsWith('.prisma');
const MIGRATION = /(?:^|\/)migration\.sql$/;

const LEAVES_SCHEMA = 'destructive/orm-drop';
const DROPS: ReadonlySet<string> = new Set([
  'destructive/sql-drop',
  'destructive/sql-drop-column',
  'destructive/sql-drop-constraint',
]);

/** What a finding names: `The column slug of Board leaves …`, `The model Board leaves …`. */
const NAMED = /^The (?:column|model|enum|type|view) (\w+)/;

/** `recordingConfig` and `recording_config` are one name. */
const folded = (name: string): string => name.replaceAll('_', '').toLowerCase();

/**
 * Without what a schema would drop by its next migration, where that migration is in the change and is found to drop it.
 */
export function withoutRepeats(all: readonly Finding[], changes: readonly Change[] = []): readonly Finding[] {
  const kustomizations = changes.filter(({ path }) => KUSTOMIZATION.test(path));
  const texts = new Map([
    // it is compared where it went, if something takes it from there
    ...changes.flatMap(({ from, path }) =>
      from === null || !kustomizations.some((change) => takes(change, path)) ? [] : [[from, null] as const],
    ),
    ...changes.map(({ path, after }) => [path, after] as const),
  ]);
  const bare = bareTexts(changes);
  const findings = all.filter(
    (finding, at) =>
      !isOfHandedSecrets(finding, all) &&
      !isSamePin(finding, all.slice(0, at)) &&
      !isSameBlock(finding, all.slice(0, at)) &&
      !isOfOpenPolicy(finding, all, texts.get(finding.path)) &&
      !isEntryOfGone(finding, all, texts) &&
      !isEntryOfRemoved(finding, all) &&
      !isMadeAnew(finding, texts.get(finding.path)) &&
      !isOfDroppedColumn(finding, all) &&
      !isOfDroppedTable(finding, all, texts) &&
      !isUseOfGone(finding, all) &&
      !isBackupOfGone(finding, all) &&
      !isInsideOfLost(finding, all.slice(0, at)) &&
      !isSameStatement(finding, at, all, texts) &&
      !isSpelledAnew(finding, bare) &&
      !isLinked(finding, changes),
  );
  const dropped = findings
    .filter(({ path, rule }) => MIGRATION.test(path) && DROPS.has(rule))
    .map(({ message }) => new Set(message.split(/[^\w]+/).map(folded)));
  if (dropped.length === 0) return findings;
  return findings.filter(({ path, rule, message }) => {
    const name = isSchema(path) && rule === LEAVES_SCHEMA ? NAMED.exec(message)?.[1] : undefined;
    return name === undefined || !dropped.some((words) => words.has(folded(name)));
  });
}

const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/;

/** Whether a kustomization names a file that lies in its folder, and did not before. */
function takes({ path, before, after }: Change, file: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = file.slice(folder.length);
  return file.startsWith(folder) && after?.includes(name) === true && before?.includes(name) !== true;
}

/** Options of one construct, and the deletion in a queue or a cloud: each is one cause, whichever rule says it. */
const OF_CONSTRUCT = 'destructive/cdk-removal-policy';
const OF_SDKS: ReadonlySet<string> = new Set(['destructive/store-flush', 'destructive/cloud-sdk-delete']);
/** So many lines are between the options of one construct. */
const CONSTRUCT_AT_MOST = 6;

/** No construct begins or ends between them. */
function isOfOneConstruct(text: string | null | undefined, line: number, secondLine: number): boolean {
  const [first, last] = [Math.min(line, secondLine), Math.max(line, secondLine)];
  if (last - first > CONSTRUCT_AT_MOST) return false;
  return !(text ?? '')
    .split('\n')
    .slice(first - 1, last)
    .some(
      (words, at) => (at > 0 && /\bnew\s+[\w.]+\(/.test(words)) || (at < last - first && /\)\s*;?\s*$/.test(words)),
    );
}

/** The worse of two findings of one cause says it. */
const isSameStatement = (
  finding: Finding,
  index: number,
  all: readonly Finding[],
  texts: ReadonlyMap<string, string | null>,
): boolean =>
  (finding.rule === OF_CONSTRUCT || OF_SDKS.has(finding.rule)) &&
  all.some(
    (secondFinding, at) =>
      secondFinding !== finding &&
      secondFinding.path === finding.path &&
      secondFinding.side === finding.side &&
      (secondFinding.rule === finding.rule
        ? finding.rule === OF_CONSTRUCT && isOfOneConstruct(texts.get(finding.path), finding.line, secondFinding.line)
        : OF_SDKS.has(finding.rule) && OF_SDKS.has(secondFinding.rule) && secondFinding.line === finding.line) &&
      (SEVERITIES.indexOf(secondFinding.severity) - SEVERITIES.indexOf(finding.severity) || at - index) < 0,
  );

/** Without comments and space. */
const squeezed = (text: string): string =>
  text.replaceAll(/^[^\S\n]*(?:\/\/|#|--|\*).*$/gm, '').replaceAll(/[\s\\]+/g, '');

/** A file's lines before, and both of its texts without comments and space. */
interface BareTexts {
  readonly lines: readonly string[];
  readonly old: string;
  readonly later: string;
}

/** Each file's are made once, for the first finding that asks. */
function bareTexts(changes: readonly Change[]): (path: string) => BareTexts {
  const made = new Map<string, BareTexts>();
  return (path) => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const { before, after } = changes.find((change) => change.path === path) ?? {};
    const texts = {
      lines: (before ?? '').split('\n'),
      old: squeezed(before ?? ''),
      later: squeezed(after ?? ''),
    };
    made.set(path, texts);
    return texts;
  };
}

/** A check whose words stand in the same file once more, with other space around them or further conditions beside them. */
function isSpelledAnew({ rule, path, side, line, message }: Finding, textsOf: (path: string) => BareTexts): boolean {
  if (side !== 'old' || !CHECKS.has(rule)) return false;
  const { lines, old, later } = textsOf(path);
  const [, words] = /(?:: |^)(\S.*?)(?: is removed\.| leaves the chain.*)$/.exec(message) ?? [];
  return [squeezed(lines[line - 1] ?? ''), squeezed(words ?? '')].some(
    (text) => text.length >= TELLING && later.split(text).length >= Math.max(2, old.split(text).length),
  );
}

/** A link to another file takes the place of the block: the block stands there. */
const isLinked = ({ rule, path, message }: Finding, changes: readonly Change[]): boolean =>
  rule === 'destructive/tf-backend-changed' &&
  message.includes('is removed') &&
  changes.some(
    (change) =>
      change.before === null &&
      change.path.endsWith('.tf') &&
      change.path.slice(0, change.path.lastIndexOf('/')) === path.slice(0, path.lastIndexOf('/')) &&
      /^\.{1,2}\/[\w./-]+$/.test(change.after ?? ''),
  );

const NOT_PINNED = 'permissions/ci-unpinned';
const INDEX = 'destructive/sql-drop-constraint';
const HANDS = 'permissions/ci-gate';
/** So many lines a job that calls another workflow may have between what it calls and what it hands over. */
const CALL_AT_MOST = 12;

/** A workflow that isn't pinned is no second finding where it is handed all secrets. */
const isOfHandedSecrets = ({ rule, path, line }: Finding, all: readonly Finding[]): boolean =>
  rule === NOT_PINNED &&
  all.some(
    (secondFinding) =>
      secondFinding.rule === HANDS &&
      secondFinding.path === path &&
      secondFinding.message.includes('hands all secrets') &&
      secondFinding.line > line &&
      secondFinding.line - line <= CALL_AT_MOST &&
      !all.some(
        (between) =>
          between.rule === NOT_PINNED &&
          between.path === path &&
          between.line > line &&
          between.line < secondFinding.line,
      ),
  );

/** An index that only makes queries faster goes where the same migration makes another. */
function isMadeAnew({ rule, severity, message }: Finding, text: string | null | undefined): boolean {
  if (rule !== INDEX || severity !== 'low' || !message.includes('ndex ') || typeof text !== 'string') return false;
  const [up = ''] = text.split(/\b(?:async\s+)?(?:def\s+)?down\b/i);
  return /\bCREATE\s+(?:UNIQUE\s+)?INDEX\b|\badd_?index\(|\badd_index\b/i.test(up);
}

/** What a column's name is in goes with the column: its constraint is no second loss. */
function isOfDroppedColumn({ rule, path, message }: Finding, all: readonly Finding[]): boolean {
  const [, part = '', table] = /^The \w+(?: \w+)? (\S+) of (\S+) is dropped\.$/.exec(message) ?? [];
  return (
    rule === INDEX &&
    table !== undefined &&
    all.some((secondFinding) => {
      const [, column, owner] = /^The column (\S+) of (\S+) is dropped, /.exec(secondFinding.message) ?? [];
      return secondFinding.path === path && owner === table && column !== undefined && part.includes(column);
    })
  );
}

/** A trigger, a policy, an index or a counter goes with its table, and says whose it is beside its name or in it. */
function isOfDroppedTable(
  { path, line, side, message, alsoIn = [] }: Finding,
  all: readonly Finding[],
  texts: ReadonlyMap<string, string | null>,
): boolean {
  const [, name] =
    /^The (?:trigger|policy|index|constraint|foreign key|sequence|rule) (\S+?)(?: of \S+)? is dropped/.exec(message) ??
    [];
  if (name === undefined || side !== 'new') return false;
  const lines = (texts.get(path) ?? '').split('\n');
  const tables = all.flatMap((secondFinding) => {
    const [, table] = /^The table (\S+) is dropped, /.exec(secondFinding.message) ?? [];
    if (table === undefined || secondFinding.path !== path) return [];
    const others = (secondFinding.alsoIn ?? []).flatMap(
      (place) => DROPPED.exec(lines[place.line - 1] ?? '')?.[1] ?? [],
    );
    return [table, ...others];
  });
  if (tables.length === 0) return false;
  const isOfOne = (at: number): boolean => {
    const [statement = ''] = lines
      .slice(at - 1, at + 2)
      .join(' ')
      .split(';', 1);
    return tables.some(
      (table) =>
        statement.includes(`${table}_`) ||
        new RegExp(
          `\\b(?:ON|TABLE)\\s+(?:ONLY\\s+|IF\\s+EXISTS\\s+)*["\`\\[]?${escapedPattern(table)}(?!\\w)`,
          'i',
        ).test(statement),
    );
  };
  return [line, ...alsoIn.map((place) => place.line)].every(isOfOne);
}

const DROPPED = /\bDROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?["`[]?([\w.]+)/i;

/** A kustomization's entry goes with the file or folder that it names: what was in it was looked at there. */
function isEntryOfGone(
  { rule, path, message }: Finding,
  all: readonly Finding[],
  texts: ReadonlyMap<string, string | null>,
): boolean {
  const [, name] = /^"(?:\.\/)?([\w./-]+)" is no longer applied/.exec(message) ?? [];
  if (name === undefined) return false;
  const file = [...path.split('/').slice(0, -1), name].join('/');
  const isOf = (one: string): boolean => one === file || one.startsWith(`${file.replace(/\/$/, '')}/`);
  return (
    [...texts].some(([one, text]) => text === null && isOf(one)) ||
    all.some((secondFinding) => secondFinding.rule === rule && isOf(secondFinding.path) && secondFinding.side === 'old')
  );
}

const LEAVES = 'destructive/tf-resource-removed';

/** An entry of a list and the resource that the same change takes away under its name. */
function isEntryOfRemoved({ message }: Finding, all: readonly Finding[]): boolean {
  const [, entries] = /^(.+) leaves (?:(?:local|var)\.[\w.-]+, which for_each uses|for_each of)/.exec(message) ?? [];
  if (entries === undefined) return false;
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const removed = all
    .filter(({ rule }) => rule === LEAVES)
    .flatMap(({ message: says }) => says.match(/\b[a-z]\w*\.[\w-]+/g) ?? [])
    .map((address) => plain(address.split('.').at(-1) ?? ''));
  return entries.split(', ').every((entry) => plain(entry).length > 3 && removed.includes(plain(entry)));
}

/** A release leaves a claim that goes with it. */
function isUseOfGone({ message }: Finding, all: readonly Finding[]): boolean {
  const [, name] = /^The release no longer uses its volume (\S+) /.exec(message) ?? [];
  return (
    name !== undefined &&
    all.some((secondFinding) => secondFinding.message.startsWith(`PersistentVolumeClaim ${name} leaves the manifests`))
  );
}

/** The backups of a database that leaves with them: the database is the loss. */
function isBackupOfGone({ rule, message }: Finding, all: readonly Finding[]): boolean {
  const [, name] = /^ScheduledBackup (\S+) leaves the manifests/.exec(message) ?? [];
  return (
    name !== undefined &&
    all.some(
      (secondFinding) => secondFinding.rule === rule && secondFinding.message.startsWith(`Cluster ${name} leaves`),
    )
  );
}

/** The refusal inside a removed check is the same loss as the check. */
function isInsideOfLost({ rule, path, line, message }: Finding, earlier: readonly Finding[]): boolean {
  const [, guardedObject] = /^A check of who may use (.+) is removed\.$/.exec(message) ?? [];
  return (
    guardedObject !== undefined &&
    earlier.some(
      (secondFinding) =>
        secondFinding.rule === rule &&
        secondFinding.path === path &&
        line > secondFinding.line &&
        line - secondFinding.line <= CHECK_AT_MOST &&
        secondFinding.message === `A check of who may do this is removed from ${guardedObject}.`,
    )
  );
}
/** So many lines are between a check and its refusal. */
const CHECK_AT_MOST = 6;

const BLOCK = /^(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets) of (\S+) is /;

/** The four switches of one block against public access are one cause. */
function isSameBlock({ path, message }: Finding, earlier: readonly Finding[]): boolean {
  const block = BLOCK.exec(message)?.[1];
  return (
    block !== undefined &&
    earlier.some((secondFinding) => secondFinding.path === path && BLOCK.exec(secondFinding.message)?.[1] === block)
  );
}

/** A block lets the policy of its bucket open that bucket: the policy, or what uses it, names the bucket and says who comes in. */
function isOfOpenPolicy(
  { path, line, side, message }: Finding,
  all: readonly Finding[],
  text: string | null | undefined,
): boolean {
  if (side !== 'new' || !BLOCK.test(message)) return false;
  const lines = (text ?? '').split('\n');
  const bucket = /^\s*bucket\s{0,40}=\s{0,40}(\S.*)$/m.exec(blockAt(lines, line))?.[1];
  const name = bucket?.trim().replace(/\.(?:id|bucket)$/, '');
  if (name === undefined) return false;
  const named = new RegExp(`(?<![\\w.-])${escapedPattern(name)}(?![\\w-])`);
  return all
    .filter(
      (policy) =>
        policy.rule === 'permissions/iam-principal' &&
        policy.path === path &&
        policy.message.startsWith('Everybody may use this'),
    )
    .flatMap((policy) => [policy, ...(policy.alsoIn ?? [])])
    .some((place) => {
      const words = blockAt(lines, place.line);
      const [, document] = /^data\s+"aws_iam_policy_document"\s+"([\w-]+)"/.exec(words) ?? [];
      const users = lines.flatMap((words, at) =>
        document !== undefined && words.includes(`.aws_iam_policy_document.${document}.`)
          ? [blockAt(lines, at + 1)]
          : [],
      );
      return [words, ...users].some((block) => named.test(block));
    });
}

/** The outermost block around a line. */
function blockAt(lines: readonly string[], line: number): string {
  const begin = lines.findLastIndex((text, at) => at < line && /^\w.*\{\s*$/.test(text));
  const end = lines.findIndex((text, at) => at >= line - 1 && text.startsWith('}'));
  return lines.slice(Math.max(0, begin), end < 0 ? undefined : end).join('\n');
}

/** Parts of one repository that a file calls by one name are one cause. */
const isSamePin = ({ rule, path, message }: Finding, earlier: readonly Finding[]): boolean => {
  const pin = rule === NOT_PINNED ? pinOf(message) : undefined;
  return (
    pin !== undefined &&
    earlier.some(
      (secondFinding) =>
        secondFinding.rule === rule && secondFinding.path === path && pinOf(secondFinding.message) === pin,
    )
  );
};
const pinOf = (message: string): string | undefined => {
  const [, repository, how, ref] =
    /^"([\w.-]+\/[\w.-]+)[^"]*" is (no longer|not) pinned.* move (\S+) runs/.exec(message) ?? [];
  return repository === undefined ? undefined : `${repository} ${how ?? ''} ${ref ?? ''}`;
};

const CHECKS: ReadonlySet<string> = new Set(['destructive/guard-removed', 'permissions/auth-removed']);
const LINK = /^(\S.*) leaves the chain of checks/;
/** A shorter line is the same by chance. */
const TELLING = 12;

/** Without checks that went to another file of the change, as they were, and check there: a comment does not. */
export async function withoutMoved(
  findings: readonly Finding[],
  changes: readonly Change[],
  tools: Tools,
): Promise<readonly Finding[]> {
  if (!findings.some(isLostCheck)) return findings;
  const linesOf = (text: string | null): readonly string[] => (text ?? '').split('\n').map((line) => line.trim());
  const texts = new Map(changes.map(({ path, before }) => [path, linesOf(before)]));
  const keptFindings: Finding[] = [];
  for (const finding of findings) {
    const check = texts.get(finding.path)?.[finding.line - 1] ?? '';
    const link = LINK.exec(finding.message)?.[1];
    if (
      !isLostCheck(finding) ||
      !(link === undefined
        ? check.length >= TELLING && (await checksElsewhere(check, finding.path))
        : await isLinkedElsewhere(link, finding.path))
    )
      keptFindings.push(finding);
  }
  return keptFindings;

  /** Whether another file of the change has this link now, in a chain or at a route, and had fewer of it. */
  async function isLinkedElsewhere(link: string, from: string): Promise<boolean> {
    const count = (code: Code | null): number =>
      code?.checks.filter(({ text }) => lastWord(nameOfLink(text)) === lastWord(link)).length ?? 0;
    for (const { path, before, after } of changes) {
      if (path === from || !isCode(path) || after?.includes(lastWord(link)) !== true) continue;
      if (count(await codeOf(path, after, tools)) > count(await codeOf(path, before, tools))) return true;
    }
    return false;
  }

  async function checksElsewhere(check: string, from: string): Promise<boolean> {
    for (const { path, before, after } of changes) {
      if (path === from || !isCode(path) || linesOf(before).includes(check)) continue;
      const lines = linesOf(after).flatMap((line, index) => (line === check ? [index + 1] : []));
      if (lines.length === 0) continue;
      const code = await codeOf(path, after, tools);
      if (code?.checks.some(({ line }) => lines.includes(line)) === true) return true;
    }
    return false;
  }
}

/** `middleware.Auth` in one file is `Auth` in another. */
const lastWord = (name: string): string => /(\w+)\W*$/.exec(name)?.[1] ?? name;

const isLostCheck = ({ rule, side }: Finding): boolean => CHECKS.has(rule) && side === 'old';
