/**
 * `METHOD path` of every call that a forge's client may make (for GitHub also those that the editor's own sign-in
 * makes), as the forge's own description has it.
 */

/**
 * Where the descriptions are. GitHub: `generated/api.github.com.json` of the npm package `@octokit/openapi`. Gitea:
 * `templates/swagger/v1_json.tmpl` of go-gitea/gitea, at tag v1.27.3. Azure DevOps: `specification/git/7.1/git.json` and
 * `specification/core/7.2/core.json` of MicrosoftDocs/vsts-rest-api-specs. Bitbucket Cloud: `specification/others.json`,
 * and `paths.json` and `definitions.json` as the values of those keys, of MunifTanjim/node-bitbucket. Bitbucket Data
 * Center: `docs/reference/atlassian/bitbucket-9.4-openapi.json` (Atlassian's own, of version 9.4) of
 * vriesdemichael/bitbucket-server-cli. GitLab: `.sdk/def/gitlab-openapi.yaml` (GitLab's own, the former
 * `doc/api/openapi/openapi_v2.yaml`) of voxgig-sdk/gitlab-sdk, as JSON.
 */
export type Described = keyof typeof CALLS;

const REPOSITORY = '/{organization}/{project}/_apis/git/repositories/{repositoryId}';
const AZURE_REQUEST = `${REPOSITORY}/pullRequests/{pullRequestId}`;
const BITBUCKET_DC = '/api/latest/projects/{projectKey}/repos/{repositorySlug}';
const GITLAB_REQUEST = '/api/v4/projects/{id}/merge_requests/{merge_request_iid}';
const BITBUCKET = '/repositories/{workspace}/{repo_slug}';

export const CALLS = {
  github: [
    'get /user',
    'get /repos/{owner}/{repo}',
    'get /repos/{owner}/{repo}/pulls',
    'post /repos/{owner}/{repo}/pulls',
    'patch /repos/{owner}/{repo}/pulls/{pull_number}',
    'post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    'get /repos/{owner}/{repo}/pulls/{pull_number}',
    'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    'get /repos/{owner}/{repo}/pulls/{pull_number}/commits',
    'get /repos/{owner}/{repo}/commits',
    'get /orgs/{org}/teams/{team_slug}/members',
    'get /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'patch /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'post /repos/{owner}/{repo}/issues/{issue_number}/labels',
    'delete /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
    'post /repos/{owner}/{repo}/statuses/{sha}',
    'get /repos/{owner}/{repo}/deployments',
    'get /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
  ],
  // Notes and users are not in GitLab's description.
  gitlab: [
    'get /api/v4/projects/{id}',
    'get /api/v4/projects/{id}/merge_requests',
    'post /api/v4/projects/{id}/merge_requests',
    `get ${GITLAB_REQUEST}`,
    `put ${GITLAB_REQUEST}`,
    `get ${GITLAB_REQUEST}/approvals`,
    `get ${GITLAB_REQUEST}/reviewers`,
    `get ${GITLAB_REQUEST}/versions`,
    'get /api/v4/groups/{id}/members',
    'get /api/v4/projects/{id}/deployments',
    'post /api/v4/projects/{id}/statuses/{sha}',
  ],
  gitea: [
    'get /user',
    'get /repos/{owner}/{repo}/pulls',
    'post /repos/{owner}/{repo}/pulls',
    'patch /repos/{owner}/{repo}/pulls/{index}',
    'post /repos/{owner}/{repo}/pulls/{index}/requested_reviewers',
    'get /repos/{owner}/{repo}/pulls/{index}',
    'get /repos/{owner}/{repo}/pulls/{index}/reviews',
    'get /repos/{owner}/{repo}/pulls/{index}/commits',
    'get /orgs/{org}/teams/search',
    'get /teams/{id}/members',
    'get /repos/{owner}/{repo}/issues/{index}/comments',
    'post /repos/{owner}/{repo}/issues/{index}/comments',
    'patch /repos/{owner}/{repo}/issues/comments/{id}',
    'get /repos/{owner}/{repo}/labels',
    'post /repos/{owner}/{repo}/labels',
    'get /repos/{owner}/{repo}/issues/{index}/labels',
    'post /repos/{owner}/{repo}/issues/{index}/labels',
    'delete /repos/{owner}/{repo}/issues/{index}/labels/{id}',
    'get /repos/{owner}/{repo}/statuses/{sha}',
    'post /repos/{owner}/{repo}/statuses/{sha}',
  ],
  azure: [
    `get ${REPOSITORY}`,
    `get ${REPOSITORY}/pullrequests/{pullRequestId}`,
    `get ${REPOSITORY}/pullrequests`,
    `post ${REPOSITORY}/pullrequests`,
    `patch ${REPOSITORY}/pullrequests/{pullRequestId}`,
    `get ${AZURE_REQUEST}/iterations`,
    `get ${AZURE_REQUEST}/commits`,
    `get ${AZURE_REQUEST}/threads`,
    `post ${AZURE_REQUEST}/threads`,
    `patch ${AZURE_REQUEST}/threads/{threadId}/comments/{commentId}`,
    `get ${AZURE_REQUEST}/labels`,
    `post ${AZURE_REQUEST}/labels`,
    `delete ${AZURE_REQUEST}/labels/{labelIdOrName}`,
    `post ${AZURE_REQUEST}/statuses`,
    `post ${REPOSITORY}/commits/{commitId}/statuses`,
    'get /{organization}/_apis/projects/{projectId}/teams/{teamId}/members',
  ],
  'bitbucket-cloud': [
    'get /user',
    `get ${BITBUCKET}`,
    `get ${BITBUCKET}/pullrequests`,
    `post ${BITBUCKET}/pullrequests`,
    `put ${BITBUCKET}/pullrequests/{pull_request_id}`,
    `get ${BITBUCKET}/pullrequests/{pull_request_id}`,
    `get ${BITBUCKET}/pullrequests/{pull_request_id}/activity`,
    `get ${BITBUCKET}/pullrequests/{pull_request_id}/commits`,
    `get ${BITBUCKET}/pullrequests/{pull_request_id}/comments`,
    `post ${BITBUCKET}/pullrequests/{pull_request_id}/comments`,
    `put ${BITBUCKET}/pullrequests/{pull_request_id}/comments/{comment_id}`,
    `post ${BITBUCKET}/commit/{commit}/statuses/build`,
  ],
  'bitbucket-dc': [
    `get ${BITBUCKET_DC}/default-branch`,
    `get ${BITBUCKET_DC}/pull-requests`,
    `post ${BITBUCKET_DC}/pull-requests`,
    `put ${BITBUCKET_DC}/pull-requests/{pullRequestId}`,
    `get ${BITBUCKET_DC}/pull-requests/{pullRequestId}`,
    `get ${BITBUCKET_DC}/pull-requests/{pullRequestId}/activities`,
    `post ${BITBUCKET_DC}/pull-requests/{pullRequestId}/comments`,
    `put ${BITBUCKET_DC}/pull-requests/{pullRequestId}/comments/{commentId}`,
    `post ${BITBUCKET_DC}/commits/{commitId}/builds`,
  ],
} as const;
