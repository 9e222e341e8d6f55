/**
 * Who had a hand in the commits of a range.
 */
import { plainGit, type Commit, type Repository } from '../git';
import { isBot, type Identity, type Policy } from '../policy';
import { assistantOfEmail, coAuthorsOf } from './claims';

export interface Contributor {
  readonly role: 'author' | 'co-author' | 'committer';
  /** After `.mailmap`. */
  readonly email: string;
  readonly identity: Identity;
}

/** What forges put in as committer of the commits that they make themselves. */
const FORGE_COMMITTERS: ReadonlySet<string> = new Set(['noreply@github.com', 'noreply@gitlab.com', 'noreply@bitbucket.org']);

/** The people of each commit, by its id; bots, assistants and forges are none. Throws a GitError. */
export async function readPeople(repository: Repository, commits: readonly Commit[], policy: Policy, mailmap: string | null): Promise<ReadonlyMap<string, readonly Contributor[]>> {
  const named = new Map(commits.map((commit) => [commit.id, peopleOf(commit)]));
  const mapped = await throughMailmap(repository, [...named.values()].flat(), mailmap);
  return new Map([...named].map(([id, people]) => [id, people.flatMap((one) => contributorOf(one, mapped.get(contactOf(one)) ?? one.email, policy))]));
}

interface Named {
  readonly role: Contributor['role'];
  readonly name: string;
  readonly email: string;
}

function peopleOf({ author, committer, message }: Commit): readonly Named[] {
  return [
    { role: 'author', name: author.name, email: author.email },
    ...coAuthorsOf(message).map((one) => ({ role: 'co-author' as const, ...one })),
    { role: 'committer', name: committer.name, email: committer.email },
  ];
}

function contributorOf({ role, email }: Named, mapped: string, policy: Policy): readonly Contributor[] {
  const identity: Identity = { emails: [...new Set([email, mapped])].map((address) => ({ address })), logins: [] };
  const isNobody = FORGE_COMMITTERS.has(email.toLowerCase()) || assistantOfEmail(email) !== undefined || isBot(policy, identity);
  return isNobody ? [] : [{ role, email: mapped, identity }];
}

const contactOf = ({ name, email }: Pick<Named, 'name' | 'email'>): string => `${name.replace(/[<>\0-\x1f\x7f]/g, ' ').trim()} <${email}>`.trim();

/** The addresses that `.mailmap` gives for contacts, by contact. */
async function throughMailmap(repository: Repository, people: readonly Named[], mailmap: string | null): Promise<ReadonlyMap<string, string>> {
  const contacts = [...new Set(people.filter(({ email }) => /^[^<>\s\0-\x1f]+$/.test(email)).map(contactOf))];
  if (mailmap === null || contacts.length === 0) return new Map();
  const { stdout } = await plainGit(repository, ['-c', `mailmap.blob=${mailmap}`, '-c', 'mailmap.file=', 'check-mailmap', '--stdin'], { input: `${contacts.join('\n')}\n` });
  const answers = stdout.toString('utf8').split('\n');
  return new Map(contacts.flatMap((contact, index) => {
    const email = /<([^<>]*)>$/.exec(answers[index] ?? '')?.[1];
    return email === undefined || email === '' ? [] : [[contact, email] as const];
  }));
}
