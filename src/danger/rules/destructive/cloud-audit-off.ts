import { anyOf } from '../../../base/patterns';
import { once } from '../../lazy-value';
import { textsOf, type Pair } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'an audit log that is stopped or deleted, or an encryption key that is disabled',
  why: 'Without the audit log, nobody can tell what happened. Without the key, nobody can read the encrypted data.',
  fix: 'Leave the audit log on, and keep the key.',
} as const satisfies Rule;

/** Settings, as words, that let somebody notice what goes wrong. */
const WATCHES = /* @__PURE__ */ anyOf(
  String.raw`(?:monitoring|alerting|alerts?|audit(?:_log(?:s|ging)?)?)_(?:\w+_)?enabled
  enable_(?:monitoring|alerting|alerts|audit(?:_log(?:s|ging)?)?) alert_notifications alerts_to_admins email_account_admins
  is_multi_region_trail enable_log_file_validation include_(?:global_service|management)_events include_global_resource_types
  (?:audit|access|flow|query|trail)_log(?:s|ging)?(?:_enabled)?`,
  { before: '(?:^|_)(?:', after: ')$' },
);
/** Where what somebody did is written down. */
const RECORDS =
  /^(?:audit|access|flow|query|firewall)_?log(?:s|ging)?(?:_?(?:config|settings?|configuration))?$|^log_config$|threat_?detection/i;
const LOGS = /(?:^|_)(?:logging_enabled|enable_(?:\w+_)?logging|scan_on_push)$/;

/** A file of what watches, by its folder or name: each word of it is something that is watched. */
const SET_OF_MONITORS = /(?:^|[/_.-])(?:monitors?|alerts?|alerting|alarms?)(?:[/_.-]|$)/i;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: WATCHES, before: 'yes', after: 'no', severity: 'medium', says: 'What watches it is switched off: {where}.' },
    { key: WATCHES, before: 'yes', after: 'absent', stays: true, severity: 'medium', says: 'What watches it is removed: {where}.' },
    { key: 'enabled create', under: /^(?:monitoring|alerting|alertmanager|audit(?:_?log\w*)?|defaultRules|prometheusRules?|managed_prometheus|guardduty|security_?hub)$/i, before: 'yes', after: 'no', severity: 'medium', says: 'What watches it is switched off: {where}.' },
    { key: 'enabled enable', under: RECORDS, before: 'yes', after: 'no', severity: 'medium', says: 'What records who came is switched off: {where}.' },
    { key: LOGS, before: 'yes', after: 'no', severity: 'low', says: 'What is done is no longer written down or looked at: {where} is off.' },
    { key: 'read_write_type event_rw', before: /^All$/, after: /^(?:Read|Write)/, severity: 'medium', says: 'A part of what is done is no longer recorded: {where} was {before}, and is {after}.' },
    { key: '[]', under: /^disabled_?alerts$/i, existing: true, before: 'absent', after: 'set', severity: 'medium', together: true, says: 'Nobody is told any more of {after} ({where}).' },
    { key: 'tier', of: /^azurerm_security_center/, before: /^Standard$/, after: /^Free$/, severity: 'medium', says: 'What watches it is switched off: {where} was {before}.' },
    { key: /./, under: 'enabled', of: SET_OF_MONITORS, before: 'yes', after: 'not yes', stays: true, severity: 'medium', says: 'What watches it is switched off: {where}.' },
  ],
  azure: [
    { key: 'pricingTier', before: /^Standard$/, after: /^Free$/, severity: 'medium', says: '{it} no longer watches: {key} was {before}.' },
  ],
  terraform: [
    { key: 'enabled_cluster_log_types cluster_enabled_log_types enabled_cloudwatch_logs_exports enable_cloudwatch_logs_exports log_types', existing: true, before: 'there', severity: 'medium', only: losesRecord, says: '{it} no longer records who did what: a log leaves {key}.' },
  ],
  'cloudformation-update': [
    { key: 'IsMultiRegionTrail', before: 'yes', after: 'not yes', stays: true, severity: 'medium', says: '{it} no longer sees what is done in other regions: {key} {off}.' },
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

const losesRecord = ({ before, after }: Pair): boolean =>
  textsOf(before).some((log) => /audit|^api$|authenticator/i.test(log) && !textsOf(after).includes(log));
