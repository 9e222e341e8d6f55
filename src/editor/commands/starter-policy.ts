/** What a new `.linekeeper.yml` begins with. */
export const STARTER_POLICY = `# Who must look at which change before it ships. "linekeeper policy check" looks for mistakes in here.
version: 1

people:                      # commit e-mail, forge login or "@org/team"
  senior: []
  mid: []
  junior: []
unlisted: junior             # the level of anybody not listed
unknown: ai                  # what lines of unknown origin count as where a review is asked

tiers:                       # highest risk first
  - name: critical
    paths: ["infra/**", "**/migrations/**", ".github/workflows/**", "**/*.tf", "!**/*.md"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
        mid:    { from: senior, approvals: 1 }
        senior: { from: senior, approvals: 1 }
  - name: standard
    paths: ["**"]
    review:
      ai: { at-least: { lines: 20 }, junior: { from: mid, approvals: 1 } }
`;
