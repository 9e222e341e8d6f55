/** Terraform, OpenTofu and the programs that wrap them. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts-from-sentences';
import { has, input, plain, setTo, values, type Call, type CommandNotice, type Family } from './program-call';
import { byRows } from './match-family-rows';

const DESTROYS = 'destructive/tf-destroy: destroys everything that Terraform manages here';
const NOT_ASKED = 'destructive/tf-unattended-apply (medium): applies a plan without asking';
const NO_PLAN = 'destructive/tf-unattended-apply: applies changes that nobody has seen as a plan';

const STATE_LOSES = /^(?:rm|push|replace-provider)$/;

/** `destroyPlans`: files that hold a plan to destroy, written earlier in the same command. */
export function terraform(call: Call, destroyPlans: ReadonlySet<string>): CommandNotice | undefined {
  const words = plain(call, takesOf('terraform')).filter(
    (text) => !/^(?:run-all|run|stack|all|terraform|--)$/.test(text),
  );
  const [verb = '', what = '', third = ''] = words;
  const args = [...call.args, ...(setTo(call, `TF_CLI_ARGS_${verb}`) ?? setTo(call, 'TF_CLI_ARGS') ?? '').split(/\s+/)];
  const hasOption = (option: RegExp): boolean => args.some((text) => option.test(text));
  switch (verb) {
    case 'destroy':
    case 'destroy-all':
    case 'down': // terraspace
      return hasOption(/^--?target/)
        ? fact('destructive/tf-destroy: destroys resources that Terraform manages')
        : fact(DESTROYS);
    case 'apply':
    case 'apply-all':
    case 'up':
      return apply(call, hasOption, words.slice(1), destroyPlans);
    case 'taint':
      return fact('destructive/tf-force-replace: has a resource destroyed and made again by the next apply');
    case 'state':
      return STATE_LOSES.test(what)
        ? fact(
            what === 'rm'
              ? 'destructive/tf-state: makes Terraform forget resources, which then nobody manages'
              : 'destructive/tf-state: overwrites the state',
          )
        : what === 'mv'
          ? fact('destructive/tf-state (medium): gives resources other addresses in the state')
          : undefined;
    case 'workspace':
    case 'env':
      return what === 'delete'
        ? fact('destructive/tf-state: deletes the state of the workspace {what}', { what: third.slice(0, 40) })
        : undefined;
    case 'force-unlock':
      return fact('destructive/tf-state: takes a lock away that may protect a running apply');
    case 'init':
      return hasOption(/^--?force-copy$/)
        ? fact('destructive/tf-state (medium): moves the state to another place without asking')
        : undefined;
    default:
      return undefined;
  }
}

function apply(
  call: Call,
  hasOption: (option: RegExp) => boolean,
  named: readonly string[],
  destroyPlans: ReadonlySet<string>,
): CommandNotice | undefined {
  if (hasOption(/^--?destroy(?:=true)?$/) || named.some((file) => destroyPlans.has(file) || /destroy/i.test(file)))
    return fact(DESTROYS);
  if (hasOption(/^--?replace(?:=|$)/))
    return fact('destructive/tf-force-replace: destroys {what} and makes it again', {
      what: values(call, '-replace', '--replace').join(', ').slice(0, 60),
    });
  // with a plan there is nothing left to approve
  if (named.length > 0 && named.every((name) => !name.includes('='))) return fact(NOT_ASKED);
  if (
    hasOption(/^--?auto-approve(?:=true)?$/) ||
    hasOption(/^--terragrunt-non-interactive$|^--non-interactive$/) ||
    /^(?:y|yes)\b/.test(input(call) ?? '')
  )
    return fact(NO_PLAN);
  return named.length > 0 ? fact(NOT_ASKED) : undefined;
}

/** The file that this writes a plan to destroy to. */
export function destroyPlan(call: Call): string | undefined {
  return has(call, /^--?destroy$/) && plain(call).includes('plan') ? values(call, '-out', '--out')[0] : undefined;
}

const cdktf = /* @__PURE__ */ byRows(
  '',
  { verb: 'destroy', says: DESTROYS },
  { verb: 'deploy', with: /^--auto-approve$/, says: NO_PLAN },
);

export const TERRAFORM =
  /^(?:terraform|tofu|terragrunt|tf|tofuenv|terraform-v?\d[\d.]*|opentofu|atmos|terramate|tfenv|terraspace|tfmigrate)$/;
export const TERRAFORM_LIKE: Readonly<Record<string, Family>> = { cdktf };
