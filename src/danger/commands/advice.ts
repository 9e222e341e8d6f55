/** What an agent should do instead, by rule. Sentences for the model and for people. */
import type { RuleId } from '../rules';

const TO_A_PERSON = 'Tell the person what you would run and why, and let them run it.';

const INSTEAD: Readonly<Partial<Record<RuleId, string>>> = {
  'destructive/tf-destroy': 'Propose the plan ("terraform plan -destroy -out=…") and ask for a senior\'s review.',
  'destructive/tf-unattended-apply': 'Propose the plan ("terraform plan -out=…") and ask for a senior\'s review.',
  'destructive/tf-force-replace':
    'Propose the plan ("terraform plan -replace=… -out=…") and ask for a senior\'s review.',
  'destructive/tf-state':
    'Say which change of the state is needed and why; prefer a `moved` or `removed` block in the configuration.',
  'destructive/stack-delete': "Show what would be deleted (a preview or a diff), and ask for a senior's review.",
  'destructive/cloud-delete': "List what would be deleted, and ask for a senior's review.",
  'destructive/k8s-delete': 'Run it with --dry-run=server, show the person what it says, and let them run it.',
  'destructive/helm-uninstall': 'Run it with --dry-run, show the person what it says, and let them run it.',
  'destructive/fs-recursive-delete': 'Remove only the files that you made, by their names; else let the person do it.',
  'destructive/fs-critical-file':
    'Describe the change, or give it as a patch in your answer, and let a person make it.',
  'destructive/git-discard':
    'Keep the changes: commit them to a branch, or put them aside with "git stash push"; else ask the person.',
  'destructive/git-force-push': 'Push to a new branch, and open a pull request.',
  'destructive/sql-drop': 'Write a migration, and ask for a review; never run it against a database by yourself.',
  'destructive/sql-no-where': 'Select the rows first, show how many there are, and let the person run it.',
  'destructive/orm-reset': 'Write a migration that goes forward, or let the person do this on a database of their own.',
  'destructive/remote-opaque': 'Write the commands out as they are, or give them to the person to run.',
};

export const insteadOf = (rule: RuleId): string => INSTEAD[rule] ?? TO_A_PERSON;
