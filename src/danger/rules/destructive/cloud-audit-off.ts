import { once } from '../../lazy-value';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'an audit log that is stopped or deleted, or an encryption key that is disabled',
  why: 'Without the audit log, nobody can tell what happened. Without the key, nobody can read the encrypted data.',
  fix: 'Leave the audit log on, and keep the key.',
} as const satisfies Rule;

/** Settings, as words, that let somebody notice what goes wrong. */
const WATCHES =
  /(?:^|_)(?:monitoring|alerting|alerts?|audit(?:_log(?:s|ging)?)?)_(?:\w+_)?enabled$|(?:^|_)enable_(?:monitoring|alerting|alerts|audit(?:_log(?:s|ging)?)?)$/;

/** A file of what watches, by its folder or name: each word of it is something that is watched. */
const SET_OF_MONITORS = /(?:^|[/_.-])(?:monitors?|alerts?|alerting|alarms?)(?:[/_.-]|$)/i;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: WATCHES, before: 'yes', after: 'no', severity: 'medium', says: 'What watches it is switched off: {where}.' },
    { key: WATCHES, before: 'yes', after: 'absent', stays: true, severity: 'medium', says: 'What watches it is removed: {where}.' },
    { key: 'enabled create', under: /^(?:monitoring|alerting|alertmanager|audit(?:_?log\w*)?|defaultRules|prometheusRules?|managed_prometheus|guardduty|security_?hub)$/i, before: 'yes', after: 'no', severity: 'medium', says: 'What watches it is switched off: {where}.' },
    { key: /./, under: 'enabled', of: SET_OF_MONITORS, before: 'yes', after: 'not yes', stays: true, severity: 'medium', says: 'What watches it is switched off: {where}.' },
  ],
  'cloudformation-update': [
    { key: 'IsLogging EnableLogFileValidation', before: 'yes', after: 'no', says: '{it} loses a protection: {key} is off.' },
    { key: 'IsLogging EnableLogFileValidation', before: 'yes', after: 'absent', stays: true, says: '{it} loses a protection: {key} is removed.' },
    { key: 'RetentionInDays', change: 'falls', says: '{it} keeps its data less long: {key} falls from {before} to {after}.' },
    { key: 'Enabled', of: /^AWS::KMS::Key/, before: 'yes', after: 'no', says: '{it} is disabled: what it encrypts cannot be read.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'aws', verb: 'kms schedule-key-deletion', does: 'has a key deleted: what only it opens stays closed' },
  { program: 'gcloud', verb: /\bversions (?:disable|destroy)\b/, does: 'makes a key or a secret unusable' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes stops clears', of: 'trail cloudtrail auditlog', does: 'turns off what records who did what' },
]);
