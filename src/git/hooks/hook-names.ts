/** The hooks of git in which we have a part. */
export const HOOKS = ['prepare-commit-msg', 'commit-msg', 'post-rewrite', 'pre-push'] as const;
export type HookName = (typeof HOOKS)[number];
