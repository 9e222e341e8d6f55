/** The rows about calls of tools, rule by rule, in the order in which they are asked. */
import type { ToolRow } from './types';
import type { RuleId } from '.';
import { tools as ormReset } from './destructive/orm-reset';
import { tools as sqlDropColumn } from './destructive/sql-drop-column';
import { tools as sqlNoWhere } from './destructive/sql-no-where';
import { tools as publicData } from './permissions/public-data';
import { tools as sqlDrop } from './destructive/sql-drop';
import { tools as storeFlush } from './destructive/store-flush';
import { tools as helmUninstall } from './destructive/helm-uninstall';
import { tools as k8sScaleZero } from './destructive/k8s-scale-zero';
import { tools as k8sDelete } from './destructive/k8s-delete';
import { tools as stackDelete } from './destructive/stack-delete';
import { tools as tfUnattendedApply } from './destructive/tf-unattended-apply';
import { tools as tfDestroy } from './destructive/tf-destroy';
import { tools as containerVolumes } from './destructive/container-volumes';
import { tools as forgeDelete } from './destructive/forge-delete';
import { tools as cloudAuditOff } from './destructive/cloud-audit-off';
import { tools as cloudStop } from './destructive/cloud-stop';
import { tools as cloudDelete } from './destructive/cloud-delete';

export const TOOLS: readonly (readonly [RuleId, readonly ToolRow[]])[] = [
  ['destructive/orm-reset', ormReset],
  ['destructive/sql-drop-column', sqlDropColumn],
  ['destructive/tf-destroy', tfDestroy],
  ['destructive/tf-unattended-apply', tfUnattendedApply],
  ['destructive/helm-uninstall', helmUninstall],
  ['destructive/k8s-scale-zero', k8sScaleZero],
  ['destructive/k8s-delete', k8sDelete],
  ['destructive/sql-drop', sqlDrop],
  ['destructive/sql-no-where', sqlNoWhere],
  ['destructive/store-flush', storeFlush],
  ['destructive/stack-delete', stackDelete],
  ['destructive/container-volumes', containerVolumes],
  ['destructive/forge-delete', forgeDelete],
  ['destructive/cloud-audit-off', cloudAuditOff],
  ['destructive/cloud-stop', cloudStop],
  ['destructive/cloud-delete', cloudDelete],
  ['permissions/public-data', publicData],
];
