/** Policies that more than one play in the editor begins with. */

/** A junior's change by AI below `prod/` needs a senior's sign-off, and so does what destroys. */
export const SENIOR_FOR_PRODUCTION = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    detect: [destructive]
    review:
      ai: { junior: { from: senior, approvals: 1 } }
`;
