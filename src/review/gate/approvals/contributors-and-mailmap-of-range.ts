/**
 * Who contributed to the commits of a range.
 */
import { type Commit, isolatedGit, type Repository } from '../../../git';
import { type Identity, isBot, keysOf, type Policy } from '../../../policy';
import { assistantOfCoAuthor, assistantOfEmail, coAuthorsOf } from '../../../provenance/assistants/commit-marks';

interface Contributor {
  readonly role: 'author' | 'co-author' | 'committer';
  /** After `.mailmap`; the login of a co-author who is named by it alone. */
  readonly email: string;
  readonly identity: Identity;
}

/** Committers that forges set on the commits that they make themselves. */
const FORGE_COMMITTERS: ReadonlySet<string> = new Set([
  'noreply@github.com',
  'noreply@gitlab.com',
  'noreply@bitbucket.org',
]);

/**
 * Those of a commit who may not sign it off. A suggestion that somebody commits at the forge has its author as the
 * co-author; whoever wants to pass another commit off as one could as well leave the co-author out.
 */
export const barredBy = (
  { parents, committer }: Pick<Commit, 'parents' | 'committer'>,
  contributors: readonly Contributor[],
  { suggestersMaySign }: Pick<Policy, 'suggestersMaySign'>,
): readonly Contributor[] =>
  suggestersMaySign === true && parents.length === 1 && FORGE_COMMITTERS.has(committer.email.toLowerCase())
    ? contributors.filter(({ role }) => role !== 'co-author')
    : contributors;

/** Who is who in a change. */
export interface People {
  /**
   * The people of each commit, by its id; bots, assistants and forges do not count. None: the commit counts as the
   * opener's.
   */
  readonly of: ReadonlyMap<string, readonly Contributor[]>;
  /** Bots that commits name as their authors, by policy or by their own name. */
  readonly bots: readonly string[];
  /** Co-authors whom nothing that is known here names, as the messages write them, with the first commit that does. */
  readonly strangers: readonly { readonly name: string; readonly commit: string }[];
  /** An identity with the addresses that `.mailmap` maps its own to. */
  readonly mapped: (identity: Identity) => Identity;
}

/** The addresses that a `.mailmap` maps contacts (`NAME <ADDRESS>`) to, by contact. */
export type MailmapOf = (contacts: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** `others`: further addresses, such as those of approvers. Throws a GitError. */
export async function readPeople(
  mailmapOf: MailmapOf,
  commits: readonly Commit[],
  policy: Policy,
  others: readonly string[] = [],
): Promise<People> {
  const named = new Map(commits.map((commit) => [commit.id, peopleOf(commit)]));
  const contacts = [...[...named.values()].flat(), ...others.map(bare)].filter(({ email }) =>
    /^[^<>\s\0-\x1f]+$/.test(email),
  );
  const mapped = await mailmapOf([...new Set(contacts.map(contactOf))]);
  const through = (one: Pick<Named, 'name' | 'email'>): string => mapped.get(contactOf(one)) ?? one.email;
  // Most people make more than one commit.
  const known = new Map<string, readonly Contributor[]>();
  const contributor = (person: Named): readonly Contributor[] => {
    const key = `${person.role}\0${contactOf(person)}\0${person.login ?? ''}`;
    const found = known.get(key) ?? contributorOf(person, through(person), policy);
    known.set(key, found);
    return found;
  };
  const authors = [...new Set(commits.map(({ author }) => author.email))];
  return {
    of: new Map([...named].map(([id, people]) => [id, people.flatMap(contributor)])),
    strangers: strangersIn(commits, policy),
    bots: authors.filter((address) => isBot(policy, { emails: [{ address }], logins: [] })).sort(),
    mapped: ({ emails, logins }) => ({
      emails: [
        ...emails,
        ...emails
          .map(({ address }) => through(bare(address)))
          .filter((address) => !emails.some((one) => one.address === address))
          .map((address) => ({ address })),
      ],
      logins,
    }),
  };
}

/** An address without a known name. */
const bare = (email: string): Pick<Named, 'name' | 'email'> => ({ name: '', email });

interface Named {
  readonly role: Contributor['role'];
  readonly name: string;
  readonly email: string;
  /** In place of an address. */
  readonly login?: string;
}

function peopleOf({ author, committer, message }: Commit): readonly Named[] {
  return [
    { role: 'author', name: author.name, email: author.email },
    ...coAuthorsOf(message).flatMap((coAuthor): Named[] =>
      coAuthor.email === undefined && (coAuthor.login === undefined || assistantOfCoAuthor(coAuthor) !== undefined)
        ? []
        : [
            {
              role: 'co-author',
              name: coAuthor.name,
              email: coAuthor.email ?? '',
              ...(coAuthor.login === undefined ? {} : { login: coAuthor.login }),
            },
          ],
    ),
    { role: 'committer', name: committer.name, email: committer.email },
  ];
}

/** Co-authors by a name alone, or by a login that the policy does not have. */
function strangersIn(commits: readonly Commit[], policy: Policy): People['strangers'] {
  const listed = new Set(
    [...Object.values(policy.people).flat(), ...Object.keys(policy.aliases)].flatMap((name) => [
      ...keysOf(policy, { emails: [], logins: [name] }),
    ]),
  );
  const found = new Map<string, string>();
  for (const { id, message } of commits)
    for (const coAuthor of coAuthorsOf(message)) {
      const isKnown =
        coAuthor.email !== undefined ||
        assistantOfCoAuthor(coAuthor) !== undefined ||
        (coAuthor.login !== undefined &&
          [...keysOf(policy, { emails: [], logins: [coAuthor.login] })].some((key) => listed.has(key)));
      if (!isKnown && !found.has(coAuthor.name)) found.set(coAuthor.name, id);
    }
  return [...found].map(([name, commit]) => ({ name, commit }));
}

function contributorOf({ role, email, login }: Named, mapped: string, policy: Policy): readonly Contributor[] {
  if (login !== undefined) {
    const identity: Identity = { emails: [], logins: [login] };
    return isBot(policy, identity) ? [] : [{ role, email: login, identity }];
  }
  const identity: Identity = { emails: [...new Set([email, mapped])].map((address) => ({ address })), logins: [] };
  const isNobody =
    !/[^\s@]@[^\s@]/.test(email) ||
    FORGE_COMMITTERS.has(email.toLowerCase()) ||
    assistantOfEmail(email) !== undefined ||
    isBot(policy, identity);
  return isNobody ? [] : [{ role, email: mapped, identity }];
}

const contactOf = ({ name, email }: Pick<Named, 'name' | 'email'>): string =>
  `${name.replace(/[<>\0-\x1f\x7f]/g, ' ').trim()} <${email}>`.trim();

/** By git. `mailmap`: id of its blob; null for none. The resulting function throws a GitError. */
export const mailmapIn =
  (repository: Repository, mailmap: string | null): MailmapOf =>
  async (contacts) => {
    if (mailmap === null || contacts.length === 0) return new Map();
    const { stdout } = await isolatedGit(
      repository,
      ['-c', `mailmap.blob=${mailmap}`, '-c', 'mailmap.file=', 'check-mailmap', '--stdin'],
      { input: `${contacts.join('\n')}\n` },
    );
    const answers = stdout.toString('utf8').split('\n');
    return new Map(
      contacts.flatMap((contact, index) => {
        const email = /<([^<>]*)>$/.exec(answers[index] ?? '')?.[1];
        return email === undefined || email === '' ? [] : [[contact, email] as const];
      }),
    );
  };
