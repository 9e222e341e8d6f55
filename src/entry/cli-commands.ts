/** The commands that are loaded on demand: the door of the second bundle. */
import type { Verb } from '../cli/command';
import { ack } from '../cli/verbs/ack';
import { approveRun } from '../cli/verbs/approve-run';
import { audit } from '../cli/verbs/audit';
import { blame } from '../cli/verbs/blame';
import { check } from '../cli/verbs/check';
import { ci } from '../cli/verbs/ci';
import { declare } from '../cli/verbs/declare';
import { deploy } from '../cli/verbs/deploy';
import { doctor } from '../cli/verbs/doctor';
import { evidence } from '../cli/verbs/evidence';
import { exception } from '../cli/verbs/exception';
import { exportVerb } from '../cli/verbs/export';
import { fleet } from '../cli/verbs/fleet';
import { hook } from '../cli/verbs/hook';
import { importVerb } from '../cli/verbs/import';
import { incident } from '../cli/verbs/incident';
import { install, uninstall } from '../cli/verbs/install';
import { notes } from '../cli/verbs/notes';
import { policy } from '../cli/verbs/policy';
import { prompts } from '../cli/verbs/prompts';
import { purge } from '../cli/verbs/purge';
import { record } from '../cli/verbs/record';
import { report } from '../cli/verbs/report';
import { requestRun } from '../cli/verbs/request-run';
import { restore } from '../cli/verbs/restore';
import { review } from '../cli/verbs/review';
import { sign } from '../cli/verbs/sign';
import { show } from '../cli/verbs/show';
import { status } from '../cli/verbs/status';
import { trace } from '../cli/verbs/trace';

/** `linekeeper help` groups them: src/cli/help.ts. */
export const VERBS: Readonly<Record<string, Verb | undefined>> = {
  status,
  show,
  blame,
  declare,
  ack,
  check,
  ci,
  review,
  report,
  notes,
  import: importVerb,
  policy,
  install,
  uninstall,
  doctor,
  export: exportVerb,
  fleet,
  purge,
  restore,
  audit,
  sign,
  'request-run': requestRun,
  'approve-run': approveRun,
  exception,
  deploy,
  trace,
  incident,
  evidence,
  prompts,
  record,
  hook,
};
