import { once } from '../../lazy-value';
import type { CommandRow, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a published package version or container image that is removed',
  why: 'Projects that depend on this version can no longer build.',
  fix: 'Publish a corrected version and deprecate the old one.',
} as const satisfies Rule;

/** Actions that delete packages, or images of a registry, by their names. */
export const DELETING_ACTION =
  /(?:^|[/_-])(?:delete|cleanup|clean|prune|purge|remove|retention)[\w-]*(?:packages?|ghcr|images?|containers?|registry)|(?:packages?|ghcr|images?|containers?|registry)[\w-]*(?:delete|cleanup|prune|purge|retention)/i;
export const STEP_DELETES =
  'destructive/package-unpublish (medium): "{action}" deletes published versions from now on{kept}.';

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'npm pnpm yarn bun', verb: /^(?:unpublish|npm unpublish)\b/, does: 'takes a published package away' },
  { program: 'dotnet', verb: 'nuget delete', does: 'takes a published package away' },
  { program: 'cargo gem', verb: /^(?:yank|owner --remove)\b/, does: 'takes a published package away' },
  { program: 'jsr', verb: /^(?:yank|unpublish)\b/, does: 'takes a published package away' },
  { program: 'pub', verb: /^(?:retract|lish --retract)\b/, does: 'takes a published package away' },
  { program: 'nuget', verb: /^delete\b/, does: 'takes a published package away' },
  { program: 'hex', verb: /^(?:retire|revert)\b/, does: 'takes a published package away' },
  { program: 'pod', verb: /^trunk (?:delete|deprecate|remove-owner)\b/, does: 'takes a published package away' },
  { program: 'vsce', verb: /^(?:unpublish|delete-publisher)\b/, does: 'takes a published package away' },
  { program: 'ovsx', verb: /^(?:unpublish|delete)\b/, does: 'takes a published package away' },
  { program: 'conan', verb: 'remove', with: /^-r/, does: 'takes a published package away' },
  { program: 'pypi-cleanup', verb: /./, does: 'takes a published package away' },
  { program: 'skopeo crane', verb: /^delete\b/, does: 'deletes an image of a registry' },
  { program: 'regctl', verb: /\b(?:delete|rm)\b/, does: 'deletes an image of a registry' },
  { program: 'oras', verb: /\bdelete\b/, does: 'deletes an artifact of a registry' },
  { program: 'reg', verb: /^rm\b/, does: 'deletes an image of a registry' },
  { program: 'jf', verb: /^(?:rt (?:del|delete|ddel)|rt repo-delete)\b/, does: 'deletes artifacts' },
  { program: 'jfrog', verb: /^rt (?:del|delete)\b/, does: 'deletes artifacts' },
  { program: 'cloudsmith', verb: /^(?:delete|rm|repos delete)\b/, does: 'deletes packages' },
]);
