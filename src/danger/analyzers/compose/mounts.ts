/** What a service of a Compose file mounts. */
import { anyOf } from '../../../base/patterns';
import { get, itemsOf, textAt, type Tree } from '../../yaml-and-json';

export interface Mount {
  /** A volume's name or a path of the host; empty when it has no name. */
  readonly source: string;
  readonly target: string;
  readonly kind: 'volume' | 'bind' | 'tmpfs';
  readonly tree: Tree;
}

export function mountsOf(service: Tree | undefined): readonly Mount[] {
  const volumes = get(service, 'volumes');
  const mounts = itemsOf(volumes).map((item): Mount => {
    const tree = item;
    if (item.map !== null) {
      const source = textAt(item, 'source') ?? textAt(item, 'src') ?? '';
      const type = textAt(item, 'type');
      return {
        source,
        target: bare(textAt(item, 'target') ?? textAt(item, 'destination') ?? ''),
        kind: type === 'bind' || type === 'tmpfs' ? type : 'volume',
        tree,
      };
    }
    const [source = '', target] = split(item.text ?? '');
    if (target === undefined) return { source: '', target: bare(source), kind: 'volume', tree };
    return { source, target: bare(target), kind: /^[./~$]/.test(source) ? 'bind' : 'volume', tree };
  });
  const inMemory = itemsOf(get(service, 'tmpfs')).map((item): Mount => ({
    source: '',
    target: bare((item.text ?? '').split(':')[0] ?? ''),
    kind: 'tmpfs',
    tree: item,
  }));
  return [...mounts, ...inMemory];
}

/** `source:target:mode`; variables may hold colons. */
function split(text: string): readonly string[] {
  const parts: string[] = [''];
  let braces = 0;
  for (const sign of text) {
    if (sign === '{') braces += 1;
    if (sign === '}') braces -= 1;
    if (sign === ':' && braces <= 0) parts.push('');
    else parts[parts.length - 1] = `${parts.at(-1) ?? ''}${sign}`;
  }
  return parts;
}

const bare = (path: string): string => path.replace(/(.)\/+$/, '$1');

/** Images that keep data, and where. */
const STORES = /* @__PURE__ */ anyOf(
  String.raw`arangodb cassandra chroma clickhouse cockroach consul couchdb db2 elasticsearch etcd gitea gitlab grafana
  influx jenkins kafka keycloak keydb loki mariadb meilisearch milvus minio mongo mssql mysql nats neo4j
  nextcloud opensearch oracle percona postgis postgres prometheus qdrant rabbitmq redis redpanda registry
  rethinkdb scylla sonarqube sqlserver surrealdb timescale typesense valkey vault victoria weaviate zookeeper`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
const DATA_FOLDERS =
  /^\/(?:var\/lib\/(?!apt|docker)|data(?:\/|$)|bitnami\/|usr\/share\/(?:elasticsearch|opensearch)\/data|opt\/(?:couchdb|neo4j)\/data|var\/opt\/mssql|srv\/|storage|prometheus|etcd|qdrant\/storage|meili_data|vault\/)/;
const DATA_NAMES =
  /(?:^|[_-])(?:(?:pg|es)(?![a-ce-z])|postgres|mysql|mariadb|mongo|redis|db|database|data|storage|uploads?|media|minio|backups?|elastic)|data$/i;
const SCRATCH =
  /node_modules|cache|tmp|temp|logs?\b|build|dist|venv|vendor|target|sock|initdb|conf(?:ig)?(?:\.d)?\b|certs?\b|\.(?:conf|cnf|ya?ml|json|sql|sh|env|toml|ini|pem|crt)$/i;

/** Whether a mount holds data worth keeping. */
export function hasData(image: string, { source, target, kind }: Mount): boolean {
  if (kind === 'tmpfs' || SCRATCH.test(target) || /node_modules|cache|tmp|logs?$/i.test(source)) return false;
  if (STORES.test(image)) return DATA_FOLDERS.test(target) || kind === 'volume';
  return (
    kind === 'volume' &&
    source !== '' &&
    DATA_NAMES.test(source) &&
    !/^\/(?:app|src|code|workspace|usr\/src)\/?$/.test(target)
  );
}
