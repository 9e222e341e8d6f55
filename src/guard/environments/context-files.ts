/** The files in which tools keep their current target. Only a name is taken from each; unreadable ones are ignored. */
import { pathsLike, resolveIn } from '../../base/platform';
import type { EnvironmentKey } from '../../policy';

interface ContextPlace {
  readonly args: readonly string[];
  /** The value that a variable would have for the program. */
  readonly variable: (name: string) => string | undefined;
  readonly home: string;
  /** Where it would run, absolute. */
  readonly folders: readonly string[];
  readonly text: (absolute: string) => string | undefined;
}

interface Named {
  readonly value: string;
  readonly because: string;
}

export const CONTEXT_FILES: Readonly<Record<EnvironmentKey, (place: ContextPlace) => readonly Named[]>> = {
  'kube-context': kubeContext,
  // the CLI and the SDKs use the profile of this name by default
  'aws-profile': () => [{ value: 'default', because: 'the default AWS profile' }],
  'gcp-project': gcpProject,
  'azure-subscription': azureSubscription,
  'terraform-workspace': terraformWorkspace,
};

const FILES_AT_MOST = 10;

/**
 * `current-context` of the first kubeconfig that has one (kubernetes.io/docs, "Organizing Cluster Access"), and the
 * file's own name: `prod.yaml`.
 */
function kubeContext({ args, variable, home, folders, text }: ContextPlace): readonly Named[] {
  const options = args.flatMap((arg, index) =>
    args[index - 1] === '--kubeconfig' ? [arg] : (/^--kubeconfig=([^]+)$/.exec(arg)?.[1] ?? []),
  );
  const listed =
    options.length > 0
      ? options
      : (variable('KUBECONFIG') ?? '').split(pathsLike(home).delimiter).filter((one) => one !== '');
  const files = listed.length > 0 ? listed : [pathsLike(home).join(home, '.kube', 'config')];
  const named: Named[] = listed.map((file) => ({
    value: pathsLike(home)
      .basename(file)
      .replace(/\.\w+$/, ''),
    because: `the kubeconfig ${file}`,
  }));
  for (const file of files.slice(0, FILES_AT_MOST)) {
    for (const folder of folders.length > 0 ? folders.slice(0, FILES_AT_MOST) : [home]) {
      const found = /^current-context:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]*))/m.exec(
        text(resolveIn(folder, expanded(file, home))) ?? '',
      );
      const value = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
      if (value !== '') return [...named, { value, because: `the current context is ${value}` }];
    }
  }
  return named;
}

/** `project` of gcloud's active configuration. */
function gcpProject({ variable, home, text }: ContextPlace): readonly Named[] {
  const paths = pathsLike(home);
  const folder = variable('CLOUDSDK_CONFIG') ?? paths.join(home, '.config', 'gcloud');
  const active =
    variable('CLOUDSDK_ACTIVE_CONFIG_NAME') ?? text(paths.join(folder, 'active_config'))?.trim() ?? 'default';
  if (!/^[\w-]{1,100}$/.test(active)) return [];
  const value = /^project[ \t]*=[ \t]*(\S+)/m.exec(
    text(paths.join(folder, 'configurations', `config_${active}`)) ?? '',
  )?.[1];
  return value === undefined ? [] : [{ value, because: `the current project is ${value}` }];
}

/** The default subscription, by its name and its id. */
function azureSubscription({ variable, home, text }: ContextPlace): readonly Named[] {
  const paths = pathsLike(home);
  const profileText = text(paths.join(variable('AZURE_CONFIG_DIR') ?? paths.join(home, '.azure'), 'azureProfile.json'));
  let parsed: unknown;
  try {
    parsed = JSON.parse((profileText ?? '').replace(/^\ufeff/, ''));
  } catch {
    return [];
  }
  const all =
    typeof parsed === 'object' && parsed !== null && 'subscriptions' in parsed && Array.isArray(parsed.subscriptions)
      ? (parsed.subscriptions as readonly unknown[])
      : [];
  const current = all.find(
    (one): one is Record<string, unknown> =>
      typeof one === 'object' && one !== null && 'isDefault' in one && one.isDefault === true,
  );
  return [current?.['name'], current?.['id']].flatMap((value) =>
    typeof value === 'string' ? [{ value, because: `the current subscription is ${value}` }] : [],
  );
}

/** `.terraform/environment`; `default` where there is none. */
function terraformWorkspace({ variable, folders, text }: ContextPlace): readonly Named[] {
  return folders.slice(0, FILES_AT_MOST).map((folder) => {
    const value =
      text(resolveIn(resolveIn(folder, variable('TF_DATA_DIR') ?? '.terraform'), 'environment'))?.trim() ?? 'default';
    return { value, because: `the current workspace is ${value}` };
  });
}

const expanded = (file: string, home: string): string =>
  /^~[\\/]/.test(file) ? pathsLike(home).join(home, file.slice(2)) : file;
