/** The rows about commands, rule by rule, in the order in which they are asked. */
import type { CommandRow } from './types';
import type { RuleId } from '.';
import { commands as netOpen } from './permissions/net-open';
import { commands as systemDown } from './destructive/system-down';
import { commands as tfProtectionOff } from './destructive/tf-protection-off';
import { commands as cloudStop } from './destructive/cloud-stop';
import { commands as cloudAuditOff } from './destructive/cloud-audit-off';
import { commands as sqlDrop } from './destructive/sql-drop';
import { commands as sqlNoWhere } from './destructive/sql-no-where';
import { commands as storeFlush } from './destructive/store-flush';
import { commands as iamAdmin } from './permissions/iam-admin';
import { commands as iamPrincipal } from './permissions/iam-principal';
import { commands as publicData } from './permissions/public-data';
import { commands as cloudDelete } from './destructive/cloud-delete';
import { commands as stackDelete } from './destructive/stack-delete';
import { commands as k8sDelete } from './destructive/k8s-delete';
import { commands as packageUnpublish } from './destructive/package-unpublish';
import { commands as ormReset } from './destructive/orm-reset';

export const COMMANDS: readonly (readonly [RuleId, readonly CommandRow[]])[] = [
  ['permissions/net-open', netOpen],
  ['destructive/system-down', systemDown],
  ['destructive/tf-protection-off', tfProtectionOff],
  ['destructive/cloud-stop', cloudStop],
  ['destructive/cloud-audit-off', cloudAuditOff],
  ['destructive/sql-drop', sqlDrop],
  ['destructive/sql-no-where', sqlNoWhere],
  ['destructive/store-flush', storeFlush],
  ['permissions/iam-admin', iamAdmin],
  ['permissions/iam-principal', iamPrincipal],
  ['permissions/public-data', publicData],
  ['destructive/cloud-delete', cloudDelete],
  ['destructive/stack-delete', stackDelete],
  ['destructive/k8s-delete', k8sDelete],
  ['destructive/package-unpublish', packageUnpublish],
  ['destructive/orm-reset', ormReset],
];
