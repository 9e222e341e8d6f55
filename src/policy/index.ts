/**
 * The policy: tiers and people. Everything behind this door is light, without YAML or a schema library,
 * so that a hook may load it. The second, heavy door is `./file/parse` (from the text of a policy file to a policy)
 * with `./file/schema`: load it on demand.
 */
export { BUILT_IN_POLICY, BUILT_IN_SOURCE } from './built-in-policy';
export { calledFiles } from './files-called-by-ci-file';
export { ciReferences } from './ci-files-included-by-ci-file';
export { codeownersIn, CODEOWNERS_PATHS, ownerlessLines, parseCodeowners, type OwnersOf } from './parse-codeowners';
export { code, mention, prose } from './escape-markdown';
export { shellWord, visible } from './escape-untrusted';
export { compileGlob, foldPath, matchesEverything } from './glob';
export { changedFileIn, changedFileOf, findingsAbout, withPlan } from './changed-file-from-attribution';
export {
  identityOf,
  isBot,
  isListed,
  isOwner,
  isSamePerson,
  isTeam,
  keyOf,
  keysOf,
  levelOf,
  levelOfChange,
  isStranger,
  kindsOf,
  loginsOf,
  highestLevel,
  levelsOf,
  lowestLevel,
  meets,
  peopleAt,
  strengthOf,
  type HasLevels,
  rankOf,
  relationOf,
  type Identity,
  type KnownLevel,
  type Teams,
} from './identities-and-levels';
export { isAsStrict, strictest } from './file/compare-strictness';
export {
  ALLOWED_SIGNERS_PATHS,
  isCiFile,
  isGenerated,
  filesBesidePolicy,
  isOwnFile,
  POLICY_PATH,
  isNamedBy,
  stagesOf,
  tierOf,
  tooManyDependents,
  type TieredFile,
  type TierMatch,
} from './tier-and-role-of-file';
export {
  HOW_TO_SIGN,
  byOutcome,
  requirementText,
  signersInShort,
  missingOf,
  moreSignOffs,
  NOBODY_ELSE_MAY_SIGN,
  signOffs,
} from './requirement-texts';
export { nearestOf, suggestionFor } from './suggest-word';
export { inEditorsWords } from './editor-wording';
export {
  amountText,
  countOf,
  countsText,
  itemIf,
  jsonText,
  list,
  listIf,
  noRecord,
  printable,
  quoted,
} from './counts-lists-and-names-in-sentences';
export { freezeEnd, freezesAt, freezeStart, freezeUntil } from './freeze-times';
export { AGENTS_MAY, ENVIRONMENT_KEYS, FINDING_CLASSES, LEVELS, SEVERITIES, TOOL_LISTS } from './types';
export { commandRulesOf } from './team-rules/rows-of-team-rules';
export { findByTeamRows, findByTeamRules, looksAt, offAt, withoutSwitchedOff } from './team-rules';
export type * from './types';
export { withRuleOff } from './add-rule-off';
export { watchOf, type Watch } from './warning-worthy-changes';
