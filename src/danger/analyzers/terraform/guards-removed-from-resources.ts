/** Guards of a resource that a change removes. */
import { factOf, type Sentence } from '../../rule-rows/facts-from-sentences';
import { guardOf } from '../../terraform/guarding-attributes';
import { holdsData } from '../../terraform/data-holding-types';
import { EXPRESSION } from '../../terraform/read-configuration';
import type { Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { plainName, type Setting } from './flat-settings-and-addresses';

interface Guarded {
  /** For sentences. */
  readonly subject: string;
  readonly type: string;
  readonly path: string;
  readonly before: ReadonlyMap<string, Setting>;
  readonly after: ReadonlyMap<string, Setting>;
  /** The resource was not there before. */
  readonly isNew: boolean;
  /** Whether others of its type in its folder have had this value. */
  readonly isUsual?: (name: string, value: string) => boolean;
  /** The new text, to detect what is only commented out. */
  readonly text: string;
}

const isTrue = (value: Tree | undefined): boolean => value?.tag !== EXPRESSION && /^true$/i.test(value?.text ?? '');
const isFalse = (value: Tree | undefined): boolean => value?.tag !== EXPRESSION && /^false$/i.test(value?.text ?? '');
const numberIn = (value: Tree | undefined): number | undefined =>
  value?.tag !== EXPRESSION && /^-?\d+(?:\.\d+)?s?$/.test(value?.text ?? '')
    ? parseFloat(value?.text ?? '')
    : undefined;

/** Attributes that guard only inside blocks of these names. */
const IN_BLOCK: readonly (readonly [RegExp, string, string])[] = [
  [
    /(?:^|\.)(?:versioning|point_in_time_recovery|backup_configuration|automated_backup_policy|continuous_backup_config|deletion_protection)(?:\.\d+)?\.enabled$/,
    'true',
    'false',
  ],
  [/(?:^|\.)versioning_configuration(?:\.\d+)?\.status$/, 'Enabled', 'Suspended|Disabled'],
  [/(?:^|\.)backup_policy(?:\.\d+)?\.status$/, 'ENABLED', 'DISABLED'],
];

/** Where data is disposable by design. */
const THROWAWAY =
  /(?:^|[^a-z])(?:dev|test|tests|testing|sandbox|tmp|temp|preview|ephemeral|ci|example|examples|demo|playground|scratch|artifacts?|cache|output)(?:[^a-z]|$)/i;

/** Days for which the logs of a program are kept at least, where they are no record of who did what. */
const MONTH = 30;
const LOGS_OF_RECORD = /audit|trail|flow|access|security|guard|waf/i;

/** A copy of a table in another region. */
const REPLICA = /(?:^|\.)replicas?\./;

/** Audit logs. */
const isAudit = (type: string, name: string): boolean =>
  (type === 'aws_cloudtrail' && /^(?:enable_logging|enable_log_file_validation)$/.test(name)) ||
  (type === 'aws_guardduty_detector' && name === 'enable') ||
  (type === 'aws_config_configuration_recorder_status' && name === 'is_enabled');

export function lostGuards(resource: Guarded): readonly Noticed[] {
  const { before, after, subject, type, isNew, isUsual } = resource;
  const isChoice = (setting: Setting | undefined): boolean =>
    holdsData(type) &&
    !THROWAWAY.test(`${resource.path} ${subject}`) &&
    isUsual?.(setting?.name ?? '', setting?.value.text ?? '') !== true;
  const noticed: Noticed[] = [];
  const hasReplicas = [...after.keys()].some((path) => REPLICA.test(path));
  /** What encloses it was there before. */
  const stays = (path: string): boolean => !path.includes('.') || before.has(path.slice(0, path.lastIndexOf('.')));
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (REPLICA.test(path) && !hasReplicas) continue; // the replica leaves, and its guards with it
    const [old, now] = [before.get(path), after.get(path)];
    const name = (now ?? old)?.name ?? '';
    const guard = guardOf(name);
    const inBlock = IN_BLOCK.find(([pattern]) => pattern.test(path));
    const say = (fact: Sentence, words: Readonly<Record<string, string>>): void =>
      void noticed.push({
        ...factOf(fact, { ...words, it: plainName(subject) }),
        ...placeOf(resource, name, old, now),
      });
    if (inBlock !== undefined) {
      const [, good, bad] = inBlock;
      const hasValue = (setting: Setting | undefined, words: string): boolean =>
        new RegExp(`^(?:${words})$`, 'i').test(setting?.value.text ?? '');
      const label = plainName(path.replace(/\.\d+/g, ''));
      if (hasValue(old, good) && hasValue(now, bad))
        say('destructive/tf-protection-off: {label} is switched off for {it}.', { label });
      else if (hasValue(old, good) && now === undefined)
        say('destructive/tf-protection-off: {label} is removed from {it}.', { label });
    } else if (isAudit(type, name)) {
      if (isFalse(now?.value) && !isFalse(old?.value))
        say('destructive/cloud-audit-off: {name} is switched off for {it}.', { name });
    } else if (guard === 'on') {
      const [off, removed] =
        name === 'prevent_destroy'
          ? ([
              'destructive/tf-prevent-destroy: {name} is switched off for {it}.',
              'destructive/tf-prevent-destroy: {name} is removed from {it}.',
            ] as const)
          : ([
              'destructive/tf-protection-off: {name} is switched off for {it}.',
              'destructive/tf-protection-off: {name} is removed from {it}.',
            ] as const);
      const byDefault = /^google_(?!alloydb|compute)/.test(type) && name === 'deletion_protection';
      // whoever switches it off for a module, or in a map of settings, has it on otherwise
      const isWritten = type === '' && /(?:^|_)(?:deletion|termination|delete|destroy)_protection$/.test(name);
      if (isTrue(old?.value) && isFalse(now?.value)) say(off, { name });
      else if (isTrue(old?.value) && now === undefined && !byDefault) say(removed, { name });
      else if ((byDefault || (isWritten && stays(path))) && !isNew && old === undefined && isFalse(now?.value))
        say(off, { name });
    } else if (guard === 'off') {
      if (isTrue(now?.value) && !isTrue(old?.value) && old?.value.tag !== EXPRESSION && (!isNew || isChoice(now)))
        say('destructive/tf-no-final-copy: {name} is switched on for {it}.', { name });
    } else if (guard === 'kept' || /(?:^|\.)expiration(?:\.\d+)?\.days$/.test(path)) {
      const [from, to] = [numberIn(old?.value), numberIn(now?.value)];
      const forEver = type === 'aws_cloudwatch_log_group' && to === 0;
      const isEnough = type === 'aws_cloudwatch_log_group' && (to ?? 0) >= MONTH && !LOGS_OF_RECORD.test(subject);
      if (from !== undefined && to !== undefined && to < from && !forEver && !isEnough)
        say('destructive/tf-no-final-copy: {name} goes down from {from} to {to} for {it}.', {
          name,
          from: String(from),
          to: String(to),
        });
      else if (isNew && to === 0 && name.includes('backup_retention') && isChoice(now))
        say('destructive/tf-no-final-copy: {name} is 0 for {it}.', { name });
    }
  }
  return noticed;
}

/** At the new line; for what was removed at the old one, or where it is only commented out. */
function placeOf(
  { text }: Guarded,
  name: string,
  old: Setting | undefined,
  newSetting: Setting | undefined,
): Pick<Noticed, 'line' | 'side'> {
  if (newSetting !== undefined) return { line: newSetting.value.line, side: 'new' };
  const line = old?.value.line ?? 1;
  const lines = text.split('\n');
  for (const near of [line, line - 1, line + 1])
    if (new RegExp(`^\\s*(?:#|//)\\s*${name}\\s*=`).test(lines[near - 1] ?? '')) return { line: near, side: 'new' };
  return { line, side: 'old' };
}
